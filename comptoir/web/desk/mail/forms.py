"""The shape of what is typed about mails: a search, a corrected address, a model's words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.mail.kinds import KINDS
from comptoir.mail.states import MailState

MOST_ADDRESSES = 50


class SearchForm(forms.Form):
    """What the tray can be narrowed to; all in the address."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *MailState.choices])
    kind = forms.ChoiceField(label=_("Modèle"), required=False)
    text = forms.CharField(label=_("Adresse, objet ou référence"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, kind.label) for code, kind in KINDS.items()]
        self.fields["kind"].choices = [("", _("Tous les modèles")), *kinds]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What was asked, without what makes no sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class ResendForm(forms.Form):
    """To whom the mail leaves again."""

    to = forms.CharField(
        label=_("Destinataire"),
        max_length=MOST_ADDRESSES * 255,
        help_text=_("Corrigez l’adresse si elle est fausse. Plusieurs adresses\u00a0: séparez-les par une virgule."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )

    def addresses(self) -> list[str]:
        """The addresses typed, one by one."""
        return [one.strip() for one in self.cleaned_data["to"].replace(";", ",").split(",") if one.strip()]


class WordsForm(forms.Form):
    """A model's subject and body."""

    subject = forms.CharField(label=_("Objet"), max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    body = forms.CharField(
        label=_("Message"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_(
            "Une ligne vide sépare deux paragraphes. Une ligne dont toutes les variables sont vides n’est pas écrite."
        ),
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
