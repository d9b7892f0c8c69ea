"""What the list of sessions can be narrowed to: all in the address; what is over is shown when asked for."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.catalogue import queries
from comptoir.catalogue.states import SessionKind, SessionState
from comptoir.proposals import standing
from comptoir.proposals.states import Confirmation
from comptoir.web.desk.sessions.people import people
from comptoir.web.shared.fields import PlainSelect

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SessionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Words, when, activity, state, type, city, days, person, publication."""

    text = django_filters.CharFilter(label=gettext_lazy("Référence, activité, lieu"), method="with_words")
    when = django_filters.ChoiceFilter(
        widget=PlainSelect,
        label=gettext_lazy("Quand"),
        method="at_that_time",
        empty_label=gettext_lazy("À venir"),
        choices=[("past", gettext_lazy("Passées")), ("all", gettext_lazy("Toutes"))],
    )
    activity = django_filters.ChoiceFilter(
        widget=PlainSelect, label=gettext_lazy("Activité"), field_name="activity_id", empty_label=gettext_lazy("Toutes")
    )
    state = django_filters.ChoiceFilter(
        widget=PlainSelect, label=gettext_lazy("État"), choices=SessionState.choices, empty_label=gettext_lazy("Tous")
    )
    kind = django_filters.ChoiceFilter(
        widget=PlainSelect, label=gettext_lazy("Type"), choices=SessionKind.choices, empty_label=gettext_lazy("Tous")
    )
    place = django_filters.ChoiceFilter(
        widget=PlainSelect, label=gettext_lazy("Ville"), method="held_there", empty_label=gettext_lazy("Toutes")
    )
    owner = django_filters.ChoiceFilter(
        widget=PlainSelect, label=gettext_lazy("Responsable"), field_name="owner_id", empty_label=gettext_lazy("Tous")
    )
    published = django_filters.ChoiceFilter(
        widget=PlainSelect,
        label=gettext_lazy("Publication"),
        field_name="is_published",
        empty_label=gettext_lazy("Toutes"),
        choices=[("True", gettext_lazy("Publiées")), ("False", gettext_lazy("Non publiées"))],
    )
    confirmation = django_filters.ChoiceFilter(
        widget=PlainSelect,
        label=gettext_lazy("Confirmation dates client"),
        method="later",
        empty_label=gettext_lazy("Toutes"),
        choices=[*Confirmation.choices, (standing.OVERDUE, gettext_lazy("Échéance dépassée"))],
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("Depuis le"), field_name="ends_on", lookup_expr="gte", widget=DAY
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("Jusqu’au"), field_name="starts_on", lookup_expr="lte", widget=DAY
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.request.actor
        cities = [(city, city) for city in queries.cities(seen_by=actor)]
        self.filters["place"].extra["choices"] = [("remote", _("À distance")), *cities]
        self.filters["activity"].extra["choices"] = queries.activity_choices(seen_by=actor)
        self.filters["owner"].extra["choices"] = people(seen_by=actor)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Without a word on when, what is to come; days asked for are asked for wherever they are."""
        said = self.form.cleaned_data
        if not any(said.get(name) for name in ("when", "since", "until")):
            queryset = queries.to_come(queryset, at=self.request.at)
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return self.standing_so(found)

    def standing_so(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrowed at last to where the clients stand; what it was before is kept, to be counted."""
        self.anywhere = rows
        wanted = self.form.cleaned_data.get("confirmation")
        return standing.narrowed(rows, wanted, at=self.request.at) if wanted else rows

    def later(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """See `standing_so`."""
        return rows

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Every word, however accented."""
        return queries.with_words(rows, value)

    def at_that_time(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Over, or all."""
        return queries.over(rows, at=self.request.at) if value == "past" else rows

    def held_there(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """In that city, or nowhere in particular."""
        return rows.filter(is_remote=True) if value == "remote" else rows.filter(city=value)


class CalendarFilter(SessionFilter):
    """The same, for a month that the address already names."""

    when = since = until = None

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Days are the calendar's."""
        return self.standing_so(django_filters.FilterSet.filter_queryset(self, queryset))
