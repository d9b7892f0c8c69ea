"""What is refused to whom manages only a part of a booking, or none of it (C2, C17)."""

from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal


class NoSuchBooking(Missing):
    """None of that number in the reader's organisation, or none of its people in the perimeter."""

    def __init__(self) -> None:
        super().__init__(_("Cette réservation n’existe pas."))


class OutsidePerimeter(Refusal):
    """The booking holds people of sessions that are somebody else's to manage."""

    code = "outside-perimeter"
    kind = "forbidden"

    def __init__(self) -> None:
        super().__init__(_("Cette réservation compte des inscriptions à des sessions que vous ne gérez pas."))
