"""Registers the package, and names the table of which something is kept."""

from django.apps import AppConfig

from comptoir.freshness.watching import watch


class Config(AppConfig):
    """Dates proposed to clients, and where each one stands."""

    name = "comptoir.proposals"
    label = "proposals"

    def ready(self) -> None:
        """Whoever keeps how many sessions stand where learns of any change to these."""
        watch(
            "proposals_sessionclient",
            "SELECT organisation_id FROM catalogue_session WHERE id = {row}.session_id",
            columns=("standing", "sequence", "session_id", "client_id"),
        )
