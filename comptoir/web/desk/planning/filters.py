"""What the planning can be narrowed to, all in the address."""

from typing import Any

import django_filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.catalogue import agenda, queries
from comptoir.catalogue.states import SessionState
from comptoir.web.desk.sessions.people import people


class PlanningFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Activity, theme, city or remote, person in charge, trainer, state."""

    activity = django_filters.ChoiceFilter(
        label=gettext_lazy("Activité"), field_name="activity_id", empty_label=gettext_lazy("Toutes")
    )
    theme = django_filters.ChoiceFilter(
        label=gettext_lazy("Thème"), field_name="activity__theme_id", empty_label=gettext_lazy("Tous")
    )
    place = django_filters.ChoiceFilter(
        label=gettext_lazy("Lieu"), method="held_there", empty_label=gettext_lazy("Tous")
    )
    owner = django_filters.ChoiceFilter(
        label=gettext_lazy("Responsable"), field_name="owner_id", empty_label=gettext_lazy("Tous")
    )
    trainer = django_filters.ChoiceFilter(
        label=gettext_lazy("Formateur"), field_name="trainers", empty_label=gettext_lazy("Tous")
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"), choices=SessionState.choices, empty_label=gettext_lazy("Tous")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.request.actor
        offered = {
            "activity": queries.activity_choices(seen_by=actor),
            "theme": queries.themes(seen_by=actor).values_list("pk", "name"),
            "trainer": agenda.trainers(seen_by=actor).values_list("pk", "name"),
            "place": [("remote", _("À distance")), *((city, city) for city in queries.cities(seen_by=actor))],
            "owner": people(seen_by=actor),
        }
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = list(choices)

    def held_there(self, rows: Any, _name: str, value: str) -> Any:
        """In that city, or from afar."""
        return rows.filter(is_remote=True) if value == "remote" else rows.filter(city=value)
