"""The questions of retention: shape only, the commands decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.retention.states import RULES, Kind


class RulesForm(forms.Form):
    """A number of months a kind, and whether the rules are applied. The bounds are the command's to judge."""

    is_applied = forms.BooleanField(
        label=gettext_lazy("Appliquer ces durées chaque nuit"),
        required=False,
        help_text=gettext_lazy(
            "À partir de 2 heures. Ce qui est plus ancien est effacé, définitivement, et un certificat le dit."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in RULES:
            label = _("Durée en mois, %(kind)s") % {"kind": rule.kind.label}
            widget = forms.TextInput(attrs={"class": "number", "aria-label": label, "inputmode": "numeric", "size": 4})
            self.fields[rule.kind.value] = forms.IntegerField(label=label, min_value=0, max_value=9999, widget=widget)

    def months(self) -> dict[Kind, int]:
        """What was typed, by kind."""
        return {rule.kind: self.cleaned_data[rule.kind.value] for rule in RULES}


class PersonForm(forms.Form):
    """Whose data: by the address of the mailbox."""

    email = forms.EmailField(
        label=gettext_lazy("Adresse de courriel de la personne"),
        help_text=gettext_lazy("Vérifiez d’abord que la demande vient bien d’elle."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
