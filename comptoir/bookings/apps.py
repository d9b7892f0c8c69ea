"""Registers the package, and names the tables of which something is kept."""

from django.apps import AppConfig

from comptoir.freshness.watching import watch


class Config(AppConfig):
    """Bookings, with the seats and add-ons they hold."""

    name = "comptoir.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Whoever keeps a public page, or where the clients of sessions stand, learns of any change to these."""
        of_session = "SELECT organisation_id FROM catalogue_session WHERE id = {row}.session_id"
        watch("bookings_seatcount", of_session)
        watch(
            "bookings_addoncount",
            "SELECT s.organisation_id FROM catalogue_session s JOIN catalogue_addon a ON a.session_id = s.id"
            " WHERE a.id = {row}.add_on_id",
        )
        watch("bookings_booking", "{row}.organisation_id", columns=("client_id",))
        watch("bookings_registration", of_session, columns=("state", "session_id", "booking_id"))
