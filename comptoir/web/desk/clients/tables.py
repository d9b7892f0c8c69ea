"""Clients and imports as tables."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import words
from comptoir.clients.states import ImportState
from comptoir.web.shared.tables import END, StatusColumn
from comptoir.web.shared.templatetags.comptoir import status


class ClientTable(tables.Table):  # type: ignore[misc]
    """Who, where, known by what, by whom to be reached."""

    legal_name = tables.Column(gettext_lazy("Client"), order_by=("name_key", "id"), attrs={"td": {"class": "title"}})
    number = tables.Column(gettext_lazy("Numéro"), attrs={"td": {"class": "reference"}})
    kind = tables.Column(gettext_lazy("Type"), order_by=("kind", "name_key", "id"))
    city = tables.Column(gettext_lazy("Ville"), default="–", order_by=("city", "name_key", "id"))
    siret = tables.Column(gettext_lazy("SIRET"), empty_values=(), order_by=("siret", "id"))
    main = tables.Column(gettext_lazy("Interlocuteur"), empty_values=(), orderable=False)
    territory = tables.Column(gettext_lazy("Secteur"), default="–", order_by=("territory__name", "name_key", "id"))

    class Meta:
        attrs = {"class": "table cards"}
        order_by = "legal_name"
        empty_text = gettext_lazy("Aucun client")

    caption = gettext_lazy("Clients")
    nothing_icon = "building-office-2"

    def render_legal_name(self, value: str, record: Any) -> SafeString:
        """Leads to the record; the address to write to beneath."""
        link = reverse("desk:client", args=[record.pk])
        return format_html('<div><a href="{}">{}</a><small>{}</small></div>', link, value, record.email)

    def render_siret(self, record: Any) -> SafeString | str:
        """In groups as people read it; « À vérifier » when the file gave none that is one."""
        if record.siret:
            return format_html('<span class="number">{}</span>', grouped_siret(record.siret))
        if record.doubtful_siret:
            return status("to_confirm", _("À vérifier"))
        return "–"

    def render_main(self, record: Any) -> str:
        """The main contact, by name, else by address."""
        name = f"{record.main_first_name or ''} {record.main_last_name or ''}".strip()
        return name or record.main_email or "–"


class ImportTable(tables.Table):  # type: ignore[misc]
    """Which file, when, by whom, what came of it."""

    file_name = tables.Column(gettext_lazy("Fichier"), orderable=False, attrs={"td": {"class": "title"}})
    created_at = tables.Column(gettext_lazy("Déposé"), orderable=False, attrs={"td": {"class": "nowrap"}})
    by_name = tables.Column(gettext_lazy("Par"), orderable=False)
    created = tables.Column(gettext_lazy("Créés"), orderable=False, attrs=END)
    changed = tables.Column(gettext_lazy("Mis à jour"), orderable=False, attrs=END)
    skipped = tables.Column(gettext_lazy("Refusés"), orderable=False, attrs=END)
    state = StatusColumn(verbose_name=gettext_lazy("État"), choices=ImportState, orderable=False)

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = gettext_lazy("Aucun fichier pour l’instant")

    caption = gettext_lazy("Fichiers déposés")
    nothing_icon = "document-arrow-up"
    nothing_text = gettext_lazy("Chaque fichier que vous déposez laisse ici ce qu’il est devenu.")

    def render_file_name(self, value: str, record: Any) -> SafeString:
        """Leads to its page."""
        return format_html('<a href="{}">{}</a>', reverse("desk:clients-import", args=[record.pk]), value)

    def render_created_at(self, value: Any) -> str:
        """Day and hour."""
        return words.moment_short(value)

    def render_created(self, value: int) -> str:
        """As people write numbers."""
        return words.thousands(value)

    render_changed = render_skipped = render_created


def grouped_siret(siret: str) -> str:
    """732 829 320 00074, on one line."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
