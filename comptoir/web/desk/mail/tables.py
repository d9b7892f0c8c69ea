"""The tray as a table."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.base import words
from comptoir.mail.kinds import label_of
from comptoir.web.desk.mail.timeline import remark


class MessageTable(tables.Table):  # type: ignore[misc]
    """When, what, to whom, what became of it. Newest first, as the outbox keeps them."""

    subject = tables.Column(gettext_lazy("Message"), orderable=False, attrs={"td": {"class": "title"}})
    kind = tables.Column(gettext_lazy("Modèle"), orderable=False, attrs={"td": {"class": "soft"}})
    state = tables.Column(gettext_lazy("État"), orderable=False)
    created_at = tables.Column(gettext_lazy("Écrit le"), orderable=False, attrs={"td": {"class": "nowrap"}})

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = gettext_lazy("Aucun message")

    caption = gettext_lazy("Messages")
    nothing_icon = "envelope"
    nothing_text = gettext_lazy("Ce que Comptoir écrit pour vous s’affiche ici, avec ce qu’il en est advenu.")

    def render_subject(self, value: str, record: Any) -> SafeString:
        """Leads to the mail; to whom it goes beneath."""
        url = reverse("desk:message", args=[record.pk])
        return format_html('<a href="{}">{}</a><br><small class="soft">{}</small>', url, value, _readers(record))

    def render_kind(self, value: str) -> str:
        """What people call it."""
        return label_of(value)

    def render_created_at(self, value: Any) -> str:
        """Day and hour."""
        return words.moment_short(value)

    def render_state(self, record: Any) -> SafeString:
        """The word of the state, and what there is to know besides."""
        return render_to_string("desk/mail/_state.html", {"record": record, "said": remark(record)})


def _readers(record: Any) -> str:
    """The first address, and how many others."""
    first, *others = record.recipients or [_("aucun destinataire")]
    if not others:
        return str(first)
    more = ngettext("et %(count)d autre", "et %(count)d autres", len(others)) % {"count": len(others)}
    return f"{first} {more}"
