"""Registers the package, and names the tables of which something is kept."""

from django.apps import AppConfig

from comptoir.freshness.watching import watch


class Config(AppConfig):
    """Activities and sessions, with what they are sold by."""

    name = "comptoir.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Whoever keeps a public page, or a list of the desk's filters, learns of any change to these."""
        of_session = "SELECT organisation_id FROM catalogue_session WHERE id = {row}.session_id"
        of_activity = "SELECT organisation_id FROM catalogue_activity WHERE id = {row}.activity_id"
        for table in ("theme", "activity", "session", "terms"):
            watch(f"catalogue_{table}", "{row}.organisation_id")
        for table in ("slot", "seattype", "addon", "session_managers"):
            watch(f"catalogue_{table}", of_session)
        watch("catalogue_salerules", of_activity)
