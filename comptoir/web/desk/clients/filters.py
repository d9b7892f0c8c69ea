"""What the list of clients can be narrowed to: all in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comptoir.clients import queries
from comptoir.clients.states import ClientKind
from comptoir.organisations import queries as organisations


class ClientFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Words, kind, territory, SIRET."""

    text = django_filters.CharFilter(label=_("Nom, numéro, SIRET, ville, courriel, téléphone"), method="with_words")
    kind = django_filters.ChoiceFilter(label=_("Type"), choices=ClientKind.choices, empty_label=_("Tous"))
    territory = django_filters.ChoiceFilter(
        label=_("Secteur"), field_name="territory_id", empty_label=_("Tous"), null_label=_("Sans secteur")
    )
    siret = django_filters.ChoiceFilter(
        label=_("SIRET"),
        method="with_siret",
        empty_label=_("Tous"),
        choices=[("doubtful", _("À vérifier")), ("none", _("Sans SIRET"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territories = organisations.territories(seen_by=self.request.actor)
        self.filters["territory"].extra["choices"] = [(one.pk, one.name) for one in territories]

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Every word, wherever it is in the record or its contacts."""
        return rows.filter(queries.bearing(value, seen_by=self.request.actor))

    def with_siret(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those with a SIRET to mend, or with none."""
        return rows.exclude(doubtful_siret="") if value == "doubtful" else rows.filter(siret="")
