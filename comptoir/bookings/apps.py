"""Registers the package, and names the tables that public pages show."""

from django.apps import AppConfig

from comptoir.freshness.watching import watch


class Config(AppConfig):
    """How many seats and add-ons are taken."""

    name = "comptoir.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Whoever keeps a public page learns of any change to these."""
        watch("bookings_seatcount", "SELECT organisation_id FROM catalogue_session WHERE id = {row}.session_id")
        watch(
            "bookings_addoncount",
            "SELECT s.organisation_id FROM catalogue_session s JOIN catalogue_addon a ON a.session_id = s.id"
            " WHERE a.id = {row}.add_on_id",
        )
