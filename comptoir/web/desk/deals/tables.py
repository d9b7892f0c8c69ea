"""Deals as a table."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import words
from comptoir.deals.states import Stage
from comptoir.web.shared.tables import END, MoneyColumn, StatusColumn


class DealTable(tables.Table):  # type: ignore[misc]
    """Which, for whom, where it stands, what it is worth, what is next."""

    title = tables.Column(gettext_lazy("Dossier"), order_by=("title", "pk"), attrs={"td": {"class": "title"}})
    client = tables.Column(gettext_lazy("Client"), order_by=("prospect_name", "pk"), empty_values=())
    stage = StatusColumn(verbose_name=gettext_lazy("Étape"), choices=Stage)
    amount_cents = MoneyColumn(verbose_name=gettext_lazy("Montant HT"))
    chance = tables.Column(gettext_lazy("Chance"), attrs=END)
    owner = tables.Column(gettext_lazy("Commercial"), default="–", order_by=("owner__user__last_name", "pk"))
    territory = tables.Column(gettext_lazy("Secteur"), default="–", order_by=("territory__name", "pk"))
    next_step_on = tables.Column(gettext_lazy("Prochaine action"), empty_values=())
    created_at = tables.Column(gettext_lazy("Ouvert le"), order_by=("pk",), attrs={"td": {"class": "nowrap soft"}})

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = gettext_lazy("Aucun dossier")

    caption = gettext_lazy("Dossiers commerciaux")
    nothing_icon = "briefcase"

    def render_title(self, record: Any) -> SafeString:
        """Leads to the deal."""
        shown = '<div><a href="{}">{}</a><small><span class="reference">{}</span> {}</small></div>'
        service = record.get_service_display() if record.service else ""
        return format_html(
            shown, reverse("desk:deal", args=[record.reference]), record.title, record.reference, service
        )

    def render_client(self, record: Any) -> SafeString:
        """The client, or the name as it was typed."""
        if record.client:
            return format_html("<div>{}<small>{}</small></div>", record.client.legal_name, record.client.number)
        return format_html("<div>{}<small>{}</small></div>", record.prospect_name, _("pas encore client"))

    def render_chance(self, value: int) -> SafeString:
        """In per cent."""
        return format_html('<span class="number">{}&nbsp;%</span>', value)

    def render_next_step_on(self, record: Any) -> SafeString:
        """What, and when."""
        day = words.day_short(record.next_step_on) if record.next_step_on else ""
        return format_html("<div>{}<small>{}</small></div>", record.next_step or "–", day)

    def render_created_at(self, value: Any) -> str:
        """The day."""
        return words.day_short(value)
