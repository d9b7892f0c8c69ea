"""The questions about a deal: shape only, the commands decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients import queries as clients
from comptoir.deals.commands.following import DealValues
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor
from comptoir.web.desk.sessions.people import people

GROUPS = (
    (gettext_lazy("Ce qu’il vaut"), (("title",), ("amount", "chance"))),
    (
        gettext_lazy("Pour qui"),
        (("client_number",), ("prospect_name",), ("contact_name",), ("contact_email", "contact_phone")),
    ),
    (gettext_lazy("Qui le suit"), (("owner", "territory"), ("next_step",), ("next_step_on",))),
)


def _line(label: Any, longest: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, help_text=help_text, required=required)


class DealForm(forms.Form):
    """Every value of a deal."""

    title = _line(gettext_lazy("Titre"), 200, required=True)
    amount = forms.DecimalField(
        label=gettext_lazy("Montant HT"), min_value=0, max_digits=13, decimal_places=2, localize=True
    )
    chance = forms.IntegerField(label=gettext_lazy("Chance"), min_value=0, max_value=100)
    client_number = _line(gettext_lazy("Numéro client"), 20, gettext_lazy("Laissez vide tant qu’il n’est pas client."))
    prospect_name = _line(gettext_lazy("Raison sociale"), 200)
    contact_name = _line(gettext_lazy("Contact"), 170)
    contact_email = forms.EmailField(label=gettext_lazy("Courriel"), max_length=254, required=False)
    contact_phone = _line(gettext_lazy("Téléphone"), 30)
    owner = forms.TypedChoiceField(label=gettext_lazy("Commercial"), required=False, coerce=int, empty_value=None)
    territory = forms.TypedChoiceField(label=gettext_lazy("Secteur"), required=False, coerce=int, empty_value=None)
    next_step = _line(gettext_lazy("Prochaine action"), 200, gettext_lazy("Rappeler, envoyer le devis…"))
    next_step_on = forms.DateField(
        label=gettext_lazy("Pour le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.client_id: int | None = None
        self.fields["amount"].suffix, self.fields["chance"].suffix = "€", "%"  # type: ignore[attr-defined]
        named = (self.initial.get("owner"),)
        self.fields["owner"].choices = [("", _("Personne")), *people(seen_by=actor, named=named)]  # type: ignore[attr-defined]
        territories = organisations.territories(seen_by=actor).values_list("pk", "name")
        self.fields["territory"].choices = [("", _("Aucun")), *territories]  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The questions under their headings, short ones side by side."""
        return [(legend, [[self[name] for name in line] for line in lines]) for legend, lines in GROUPS]

    def clean_client_number(self) -> str:
        """The client of that number, in this organisation."""
        number: str = self.cleaned_data["client_number"]
        if number:
            self.client_id = clients.id_of_number(number, seen_by=self.actor)
            if self.client_id is None:
                raise forms.ValidationError(_("Aucun client ne porte ce numéro."))
        return number

    def values(self) -> DealValues:
        """What was written, as the command takes it."""
        said = self.cleaned_data
        same = ("title", "chance", "prospect_name", "contact_name", "contact_email", "contact_phone", "next_step",
                "next_step_on")  # fmt: skip
        return DealValues(
            **{name: said[name] for name in same},
            amount_cents=int(said["amount"] * 100),
            owner_id=said["owner"],
            territory_id=said["territory"],
            client_id=self.client_id,
        )


def initial_of(deal: Any) -> dict[str, Any]:
    """What the form of an existing deal says first."""
    same = ("title", "chance", "prospect_name", "contact_name", "contact_email", "contact_phone", "next_step",
            "next_step_on")  # fmt: skip
    return {name: getattr(deal, name) for name in same} | {
        "amount": Decimal(deal.amount_cents) / 100,
        "client_number": deal.client.number if deal.client else "",
        "owner": deal.owner_id,
        "territory": deal.territory_id,
    }


class MoveForm(forms.Form):
    """Where the deal goes, and why when it is lost."""

    stage = forms.CharField(max_length=10)
    because = forms.CharField(max_length=200, required=False, label=gettext_lazy("Pourquoi est-il perdu"))


class NoteForm(forms.Form):
    """What was said."""

    text = forms.CharField(
        label=gettext_lazy("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
