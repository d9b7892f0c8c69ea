"""What the journal can be narrowed to: an act or a family of acts, a person, a reference, days."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.organisations import queries
from comptoir.web.desk.journal.labels import ACTS, FAMILIES


def act_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Families, each with « everything in it » first, then its acts."""
    return [
        (name, [(family, _("Tout")), *((code, words) for code, words in ACTS.items() if code.startswith(f"{family}."))])
        for family, name in FAMILIES.items()
    ]


def _day(edge: time, lookup: str) -> Callable[[Any, QuerySet[Any], str, date], QuerySet[Any]]:
    def narrow(_filters: Any, rows: QuerySet[Any], _name: str, value: date) -> QuerySet[Any]:
        return rows.filter(**{lookup: datetime.combine(value, edge, timezone.get_current_timezone())})

    return narrow


class JournalFilter(django_filters.FilterSet):  # type: ignore[misc]
    """All in the address, so that a view can be kept and sent."""

    what = django_filters.ChoiceFilter(label=_("Acte"), choices=act_choices, method="of_act", empty_label=_("Tous"))
    by = django_filters.ChoiceFilter(label=_("Par qui"), field_name="by_user_id", empty_label=_("Toutes"))
    about = django_filters.CharFilter(label=_("Référence"), lookup_expr="istartswith")
    since = django_filters.DateFilter(
        label=_("Depuis le"), method="from_day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label=_("Jusqu’au"), method="to_day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    from_day = _day(time.min, "at__gte")
    to_day = _day(time.max, "at__lte")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = queries.staff(seen_by=self.request.actor)
        self.filters["by"].extra["choices"] = [(row.user_id, row.user.full_name) for row in staff]

    def of_act(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """One act, or all those of a family."""
        return rows.filter(Q(what=value) | Q(what__startswith=f"{value}."))
