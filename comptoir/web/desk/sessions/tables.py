"""Sessions as a table."""

from functools import lru_cache
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.catalogue.states import SessionState
from comptoir.proposals.states import Confirmation
from comptoir.web.shared.tables import StatusColumn
from comptoir.web.shared.templatetags.comptoir import status


def low(capacity: int) -> int:
    """From eight seats in ten taken, the meter says there is little room left."""
    return capacity * 8 // 10


class SessionTable(tables.Table):  # type: ignore[misc]
    """When, what, where, what kind, how full, where its clients stand (D9).

    `seats` (SeatsLeft by session id) and `standings` are set for the rows of the page.
    """

    starts_on = tables.Column(gettext_lazy("Dates"), order_by=("starts_on", "pk"), attrs={"td": {"class": "nowrap"}})
    activity = tables.Column(
        gettext_lazy("Session"), order_by=("activity__search_key", "starts_on"), attrs={"td": {"class": "title"}}
    )
    city = tables.Column(gettext_lazy("Lieu"), order_by=("city", "place", "starts_on"), empty_values=())
    kind = tables.Column(gettext_lazy("Type"), order_by=("kind", "-is_published", "starts_on"))
    state = StatusColumn(verbose_name=gettext_lazy("État"), choices=SessionState)
    confirmation = tables.Column(gettext_lazy("Confirmation dates client"), accessor="pk", orderable=False)
    fill = tables.Column(gettext_lazy("Places"), accessor="capacity", empty_values=(), orderable=False)
    owner = tables.Column(gettext_lazy("Responsable"), default="–", order_by=("owner__user__last_name", "starts_on"))

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = gettext_lazy("Aucune session")

    caption = gettext_lazy("Sessions")
    nothing_icon = "calendar-days"
    seats: dict[int, Any] = {}
    standings: dict[int, tuple[str, bool]] = {}
    leads = False  # whether this reader may see the clients

    def render_starts_on(self, record: Any) -> SafeString:
        """« 7 déc. 2026 », and to when; the reference leads to the session where the activity is not said."""
        days = words.span_short(record.starts_on, record.ends_on)
        if "activity" not in self.exclude:
            return format_html("<div>{}<small></small></div>", days)
        named = '<div>{}<small><a class="reference" href="{}">{}</a></small></div>'
        return format_html(named, days, reverse("desk:session", args=[record.pk]), record.reference)

    def render_activity(self, record: Any) -> SafeString:
        """Leads to its page."""
        link = reverse("desk:session", args=[record.pk])
        shown = '<div><a href="{}">{}</a><small class="reference">{}</small></div>'
        return format_html(shown, link, record.activity.title, record.reference)

    def render_city(self, record: Any) -> SafeString:
        """The city and the place, or « À distance »."""
        where = record.city or (_("À distance") if record.is_remote else record.place)
        beneath = record.place if record.city else ""
        return format_html('<div><span class="nowrap">{}</span><small>{}</small></div>', where, beneath)

    def render_kind(self, record: Any, value: str) -> SafeString:
        """INTER or INTRA; whether it is on the public counter."""
        beneath = _("publiée") if record.is_published else ""
        return format_html("<div>{}<small>{}</small></div>", value, beneath)

    def render_confirmation(self, record: Any) -> SafeString:
        """One of the four values, and whether an answer is late; leads to the clients, for who may see them."""
        standing, is_late = self.standings.get(record.pk, ("", False))
        if not standing:
            return format_html('<span class="soft">{}</span>', "–")
        shown = status(Confirmation(standing))
        late = status("overdue", _("Échéance dépassée")) if is_late else ""
        if self.leads:
            shown = format_html('<a href="{}">{}</a>', reverse("desk:session-clients", args=[record.pk]), shown)
        return format_html("<div>{}{}</div>", shown, format_html("<small>{}</small>", late) if late else "")

    def render_fill(self, record: Any) -> SafeString:
        """Seats taken of those there are."""
        left = self.seats.get(record.pk)
        if record.capacity is None or left is None:
            return format_html('<span class="soft">{}</span>', _("sans limite"))
        return _meter(record.capacity - left.left, record.capacity, get_language() or "")


@lru_cache(maxsize=4096)
def _meter(taken: int, capacity: int, _language: str) -> SafeString:
    return render_to_string("shared/_meter.html", {"taken": taken, "capacity": capacity, "low": low(capacity)})
