"""The questions of the assistant: shape only, the commands decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.clients.states import ClientKind
from comptoir.integration.options import Options
from comptoir.integration.states import Method
from comptoir.preregistrations.submission import LONGEST
from comptoir.preregistrations.typed import PERSON

GROUPS = (
    ("legal_name",), ("kind",), ("siret", "client_number"), ("address",), ("postcode", "city"),
    ("first_name", "last_name"), ("email", "phone"), ("message",),
)  # fmt: skip
_PERSON_LABELS = {"first_name": _("Prénom"), "last_name": _("Nom"), "email": _("Courriel")}


def _line(label: Any, name: str, *, cure: Any = "", **options: Any) -> forms.CharField:
    """One value; with a `cure` it may not be left out."""
    said = {"required": cure} if cure else None
    return forms.CharField(
        label=label, max_length=LONGEST[name], required=bool(cure), error_messages=said, strip=True, **options
    )


class CorrectionForm(forms.Form):
    """What the requester typed, to be corrected."""

    legal_name = _line(_("Raison sociale"), "legal_name", cure=_("Indiquez la raison sociale, ou un nom."))
    kind = forms.ChoiceField(label=_("Nature"), choices=ClientKind.choices)
    siret = _line(_("SIRET"), "siret", help_text=_("14 chiffres."))
    client_number = _line(_("Numéro client"), "client_number")
    address = _line(_("Adresse"), "address")
    postcode = _line(_("Code postal"), "postcode")
    city = _line(_("Ville"), "city")
    first_name = _line(_("Prénom de l’interlocuteur"), "first_name", cure=_("Indiquez son prénom."))
    last_name = _line(_("Nom de l’interlocuteur"), "last_name", cure=_("Indiquez son nom."))
    email = _line(_("Courriel"), "email", cure=_("Indiquez l’adresse de courriel."), widget=forms.EmailInput())
    phone = _line(_("Téléphone"), "phone", widget=forms.TextInput(attrs={"type": "tel"}))
    message = _line(_("Message"), "message", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, lines: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            for name in PERSON:
                self.fields[f"people.{line.pk}.{name}"] = forms.CharField(
                    label=_PERSON_LABELS[name], max_length=254 if name == "email" else 80, required=False,
                    initial=getattr(line, name), widget=forms.EmailInput() if name == "email" else None,
                )  # fmt: skip

    def values(self) -> dict[str, str]:
        """The requester's columns."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    def people(self) -> dict[int, dict[str, str]]:
        """The participants by line."""
        return {
            line.pk: {name: self.cleaned_data[f"people.{line.pk}.{name}"] for name in PERSON} for line in self.lines
        }


class MethodForm(forms.Form):
    """Step 2: one of three."""

    method = forms.ChoiceField(label=_("Méthode d’intégration"), choices=Method.choices, widget=forms.RadioSelect)


class OptionsForm(forms.Form):
    """Step 3: only what applies to the method (source 1, step 3)."""

    sales_rep = forms.TypedChoiceField(
        label=_("Commercial en charge"), coerce=int, empty_value=None, required=False,
        help_text=_("Il aura la charge de tous les dossiers commerciaux de cette intégration."),
    )  # fmt: skip
    territory = forms.TypedChoiceField(
        label=_("Secteur de rattachement"), coerce=int, empty_value=None, required=False,
        help_text=_("Celui des dossiers commerciaux de cette intégration."),
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("Niveau de confirmation"), coerce=int, empty_value=None, required=False,
        help_text=_("Celui des inscriptions de cette intégration."),
    )  # fmt: skip
    mail_owner = forms.BooleanField(
        label=_("Responsable"), required=False, help_text=_("Le responsable de chaque session concernée.")
    )
    mail_assistant = forms.BooleanField(
        label=_("Assistant"), required=False, help_text=_("L’assistant de chaque session concernée.")
    )
    mail_sales_rep = forms.BooleanField(
        label=_("Commercial"), required=False, help_text=_("Le commercial chargé de chaque dossier concerné.")
    )
    print_report = forms.BooleanField(
        label=_("Imprimer aussi le compte rendu"), required=False,
        help_text=_("Sur l’imprimante du serveur. Le PDF est produit dans le dossier Résa dans tous les cas."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, method: Method, reps: Sequence[Any], territories: Sequence[Any], levels: Sequence[Any],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        rows = {"sales_rep": reps, "territory": territories, "level": levels}
        left_out = ("level",) if method == Method.DEALS else ("sales_rep", "territory")
        for name, found in rows.items():
            if name in left_out or not found:
                del self.fields[name]
            else:
                first = [] if name == "level" else [("", _("Aucun"))]
                self.fields[name].required = name == "level"
                self.fields[name].choices = first + [(row.pk, str(row)) for row in found]  # type: ignore[attr-defined]

    def options(self) -> Options:
        """The choices as a run takes them."""
        values = self.cleaned_data
        return Options(
            sales_rep_id=values.get("sales_rep"), territory_id=values.get("territory"), level_id=values.get("level"),
            mail_owner=values["mail_owner"], mail_assistant=values["mail_assistant"],
            mail_sales_rep=values["mail_sales_rep"], print_report=values["print_report"],
        )  # fmt: skip
