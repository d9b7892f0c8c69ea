"""The style guide's dense list: what a table of the desk looks like to its builder."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comptoir.web.shared.tables import MoneyColumn, TickColumn
from comptoir.web.shared.templatetags.comptoir import status


class BookingTable(tables.Table):  # type: ignore[misc]
    """Columns with a tick, a title, two lines in a cell, a status, an amount and acts."""

    tick = TickColumn(accessor="reference", names_row="reference")
    reference = tables.Column(verbose_name="Référence", attrs={"td": {"class": "title"}})
    participant = tables.Column(verbose_name="Participant")
    session = tables.Column(verbose_name="Session")
    state = tables.Column(verbose_name="Statut")
    amount = MoneyColumn(verbose_name="Montant")

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = "Aucune inscription ne correspond"
        orderable = True

    caption = "Inscriptions"
    nothing_icon = "magnifying-glass"
    nothing_text = "Retirez un filtre pour élargir la recherche."
    nothing_url = "?"
    nothing_action = "Tout effacer"

    def render_reference(self, value: str) -> SafeString:
        """The row's link."""
        return format_html('<a class="reference" href="#">{}</a>', value)

    def render_participant(self, record: dict[str, Any]) -> SafeString:
        """Who, and for whom."""
        return format_html("<div>{}<small>{}</small></div>", record["participant"], record["client"])

    def render_session(self, record: dict[str, Any]) -> SafeString:
        """What, and when."""
        return format_html("<div>{}<small>{}</small></div>", record["session"], record["dates"])

    def render_state(self, record: dict[str, Any]) -> SafeString:
        """Word, shape and hue."""
        return status(record["code"], record["state"])


def sample_rows() -> list[dict[str, Any]]:
    """Invented registrations, one with the longest plausible names."""
    people = [
        ("Claire Perrin", "Ateliers Perrin", "Excel, perfectionnement", "Validée", "validated", 54_000),
        (
            "Mohamed Aït Ben Haddou",
            "Ville de Villeurbanne",
            "Sauveteur secouriste du travail",
            "En attente",
            "pending",
            25_000,
        ),
        ("Jeanne Le Goff", "Le Goff & Filles", "Habilitation électrique B0-H0", "Annulée", "cancelled", 38_000),
        (
            "Marie-Antoinette de La Rochefoucauld-Montbel",
            "Syndicat intercommunal à vocation multiple du Haut-Beaujolais et des Monts du Lyonnais",
            "Conduire un entretien professionnel et préparer l’entretien de bilan à six ans",
            "Retirée",
            "withdrawn",
            125_000,
        ),
        ("Léo Œuvrard", "Œuvrard SARL", "Excel, perfectionnement", "Validée", "validated", 54_000),
        ("Ines Da Silva", "Boulangerie des Brotteaux", "Hygiène alimentaire (HACCP)", "En attente", "pending", 29_500),
    ]
    return [
        {
            "reference": f"R-2026-{1042 + index}",
            "participant": who,
            "client": client,
            "session": session,
            "dates": "7 – 9 déc. 2026, Lyon 3e",
            "state": state,
            "code": code,
            "amount": amount,
        }
        for index, (who, client, session, state, code, amount) in enumerate(people)
    ]
