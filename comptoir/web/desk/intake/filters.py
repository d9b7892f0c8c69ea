"""What the table of requests can be narrowed to and sorted by: all of it in the address."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from comptoir.organisations.actors import Actor
from comptoir.preregistrations.queries import intake
from comptoir.preregistrations.states import FileState

ORDERS = {
    "received": ("confirmed_at", "pk"),
    "-received": ("-confirmed_at", "-pk"),
    "name": ("legal_name", "pk"),
    "-name": ("-legal_name", "-pk"),
}
WHO = {
    "signed": Q(authenticated_client__isnull=False),
    "chosen": Q(chosen_client__isnull=False),
    "open": Q(authenticated_client__isnull=True, chosen_client__isnull=True),
}
FILE = {"fine": Q(file__state=FileState.IN_SPOOL), "lost": ~Q(file__state=FileState.IN_SPOOL)}
KEPT = ("text", "who", "file", "sort", "page", "per_page")  # what brings a person back to the same page


class IntakeFilter(forms.Form):
    """Shape only."""

    text = forms.CharField(label=gettext_lazy("Texte"), required=False, max_length=200)
    who = forms.ChoiceField(
        label=gettext_lazy("Client"),
        required=False,
        choices=[
            ("", gettext_lazy("Tous")),
            ("signed", gettext_lazy("Connectés à leur espace")),
            ("chosen", gettext_lazy("Choisis à la main")),
            ("open", gettext_lazy("Rapprochés ou inconnus")),
        ],
    )
    file = forms.ChoiceField(
        label=gettext_lazy("Fichier"),
        required=False,
        choices=[
            ("", gettext_lazy("Tous")),
            ("fine", gettext_lazy("Dans Résa")),
            ("lost", gettext_lazy("Disparu ou écarté")),
        ],
    )

    def value(self, name: str) -> str:
        """What was asked for; '' when it is not one of the choices."""
        return str(self.cleaned_data.get(name) or "")


def form_of(values: QueryDict) -> IntakeFilter:
    """The filter as the address says it; what makes no sense is ignored."""
    form = IntakeFilter(values)
    form.is_valid()
    return form


def narrowed(actor: Actor, form: IntakeFilter, order: str = "received") -> QuerySet[Any]:
    """The waiting requests that fit, in that order."""
    rows = intake.waiting(seen_by=actor, text=form.value("text"))
    for name, cases in (("who", WHO), ("file", FILE)):
        if form.value(name) in cases:
            rows = rows.filter(cases[form.value(name)])
    return rows.order_by(*ORDERS[order])


def order_of(values: QueryDict) -> str:
    """The order asked for, else oldest first."""
    return values.get("sort", "") if values.get("sort", "") in ORDERS else "received"


def is_narrowed(form: IntakeFilter) -> bool:
    """Whether anything is left out."""
    return any(form.value(name) for name in form.fields)


def kept_query(values: QueryDict) -> str:
    """The part of the address that leads back to this very page of the table."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if values.get(name):
            kept[name] = str(values[name])
    return kept.urlencode()
