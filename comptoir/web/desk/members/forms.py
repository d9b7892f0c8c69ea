"""The questions of « Adhérents »: shape only, the commands decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.members import fields
from comptoir.members.states import Means
from comptoir.web.shared.fields import EurosField, day_field
from comptoir.web.shared.members import MemberForm


class NewMemberForm(MemberForm):
    """A new member: the names, and the address when it is known."""

    names = ("last_name", "first_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needed=fields.NAMES, **kwargs)
        self.fields["email"].help_text = _(
            "Un lien pour choisir un mot de passe y est envoyé. Peut être ajoutée ensuite."
        )
        self.fields["login"] = forms.CharField(
            label=_("Identifiant"), max_length=150, required=False, help_text=_("Vide\u00a0: NOM.prénom."),
            widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        )  # fmt: skip


class AddressForm(forms.Form):
    """The address of the account."""

    email = forms.CharField(label=_("Courriel"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class DuesForm(forms.Form):
    """The dues of one year."""

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year, str(year)) for year in (this_year + 1, this_year, *range(this_year - 1, this_year - 5, -1))]
        self.fields["year"] = forms.TypedChoiceField(label=_("Année"), choices=years, coerce=int)
        self.fields["amount_cents"] = EurosField(label=_("Montant"), suffix="€")
        self.fields["paid_on"] = day_field(_("Payée le"))
        self.fields["means"] = forms.ChoiceField(label=_("Moyen"), choices=Means.choices)


class RefuseForm(forms.Form):
    """Why an account is refused."""

    reason = forms.CharField(
        label=_("Motif"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L’adhérent le reçoit par courriel et le lit sur sa page."),
    )  # fmt: skip


def _days(label: Any, help_text: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=9999, widget=widget, help_text=help_text
    )


class RulesForm(forms.Form):
    """How the organisation takes its members, and when it reminds them."""

    is_open = forms.BooleanField(
        label=_("Ouvrir l’adhésion au public"), required=False,
        help_text=_("Chacun peut alors demander un compte à l’adresse ci-dessous\u202f; vous le validez ensuite."),
    )  # fmt: skip
    dues_cents = EurosField(
        label=_("Cotisation de l’année"),
        suffix="€",
        required=False,
        help_text=_("Proposée quand vous en enregistrez une."),
    )
    remind_before_days = _days(
        _("Rappeler le renouvellement, en jours avant la fin de l’année"),
        _("À qui n’a pas réglé l’année qui vient. 30 convient à beaucoup\u202f; vide\u00a0: aucun rappel."),
    )
    remind_after_days = _days(
        _("Rappeler une cotisation manquante, en jours après le début de l’année"),
        _("À qui n’a toujours pas réglé l’année commencée. Vide\u00a0: aucun rappel."),
    )
