"""What the list of activities can be narrowed to: all in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comptoir.catalogue import queries


class ActivityFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Words, theme, publication."""

    text = django_filters.CharFilter(label=_("Titre, code ou thème"), method="with_words")
    theme = django_filters.ChoiceFilter(label=_("Thème"), field_name="theme_id", empty_label=_("Tous"))
    published = django_filters.ChoiceFilter(
        label=_("Publication"),
        field_name="is_published",
        empty_label=_("Toutes"),
        choices=[("True", _("Publiées")), ("False", _("Non publiées"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = queries.themes(seen_by=self.request.actor)
        self.filters["theme"].extra["choices"] = [(one.pk, one.name) for one in themes]

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Every word, however accented."""
        return queries.activities_with_words(rows, value)
