"""What the pipeline can be narrowed to, on the board as in the list: all in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comptoir.deals import queries
from comptoir.deals.states import Origin, Service, Stage
from comptoir.organisations import queries as organisations
from comptoir.web.desk.sessions.people import people


class BoardFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Words, owner, territory, what it was born of, next step overdue."""

    text = django_filters.CharFilter(label=_("Référence, titre, client, contact"), method="with_words")
    owner = django_filters.ChoiceFilter(label=_("Commercial"), field_name="owner_id", empty_label=_("Tous"))
    territory = django_filters.ChoiceFilter(label=_("Secteur"), field_name="territory_id", empty_label=_("Tous"))
    origin = django_filters.ChoiceFilter(
        label=_("Origine"), method="born", choices=[*Service.choices, *Origin.choices], empty_label=_("Toutes")
    )
    overdue = django_filters.ChoiceFilter(
        label=_("Prochaine action"), method="late", choices=[("1", _("En retard"))], empty_label=_("Toutes")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.request.actor
        self.filters["owner"].extra["choices"] = people(seen_by=actor)
        territories = organisations.territories(seen_by=actor).values_list("pk", "name")
        self.filters["territory"].extra["choices"] = list(territories)

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """In reference, title, prospect, client, contact."""
        return queries.with_words(rows, value)

    def born(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Of a request for a service, of a pre-registration, by hand."""
        return queries.born_of(rows, value)

    def late(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Open deals whose next step is past."""
        return rows.filter(pk__in=queries.overdue(seen_by=self.request.actor, at=self.request.at).values("pk"))


class ListFilter(BoardFilter):
    """The same, and the stage."""

    stage = django_filters.ChoiceFilter(label=_("Étape"), choices=Stage.choices, empty_label=_("Toutes"))
