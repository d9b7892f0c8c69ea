"""Activities as a table."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import words
from comptoir.web.shared.tables import END
from comptoir.web.shared.templatetags.comptoir import status


def publication(is_published: bool) -> SafeString:
    """« Publiée » or « Non publiée », as a status."""
    return status("published", _("Publiée")) if is_published else status("unpublished", _("Non publiée"))


class ActivityTable(tables.Table):  # type: ignore[misc]
    """What it is, who holds it, whether the public sees it, what is planned."""

    title = tables.Column(gettext_lazy("Activité"), order_by=("search_key", "pk"), attrs={"td": {"class": "title"}})
    theme = tables.Column(gettext_lazy("Thème"), order_by=("theme__name", "search_key"))
    owner = tables.Column(gettext_lazy("Responsable"), order_by=("owner__user__last_name", "search_key"))
    is_published = tables.Column(gettext_lazy("Catalogue"))
    session_count = tables.Column(gettext_lazy("Sessions à venir"), attrs=END)
    next_on = tables.Column(gettext_lazy("Prochaine"), attrs={"td": {"class": "nowrap"}})

    class Meta:
        attrs = {"class": "table cards"}
        order_by = "title"
        empty_text = gettext_lazy("Aucune activité")

    caption = gettext_lazy("Activités")
    nothing_icon = "academic-cap"

    def render_title(self, value: str, record: Any) -> SafeString:
        """Leads to its page; its code and nature beneath."""
        beneath = ", ".join(filter(None, (record.get_kind_display(), record.code)))
        link = reverse("desk:activity", args=[record.pk])
        return format_html('<div><a href="{}">{}</a><small>{}</small></div>', link, value, beneath)

    def render_is_published(self, value: bool) -> SafeString:
        """Word, shape and hue."""
        return publication(value)

    def render_next_on(self, value: Any) -> str:
        """« 7 déc. 2026 »."""
        return words.day_short(value)
