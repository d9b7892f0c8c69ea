"""Write to the contact of a booking: who is in it for what, and the secret link of its page."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base import words
from comptoir.base.speaking import speaking
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import PayMethod
from comptoir.mail import commands as mail
from comptoir.mail.drafts import Draft


def tell(
    booking: Booking, kind: str, *, key: str, button: Promise, context: Callable[[], dict[str, str]], at: datetime
) -> bool:
    """The contact is sent this mail, once for each `key`, in their language; False when there is nobody to write to.

    The context is asked for while that language is spoken, and completed with the contact's name, the reference and
    the total.
    """
    if not booking.contact_email:
        return False
    with speaking(booking.language):
        said = {"contact": booking.contact_name, "booking": booking.reference, "total": words.money(booking.owed_cents)}
        draft = Draft(
            booking.organisation_id, kind, f"{kind}:{booking.reference}:{key}", [booking.contact_email],
            said | context(), booking.reference, button=(str(button), address_of(booking)),
            organisation=booking.organisation,
        )  # fmt: skip
    mail.queue_many([draft], at=at)
    return True


def tell_recorded(booking: Booking, lines: Callable[[], str], *, is_candidate: bool, key: str, at: datetime) -> bool:
    """The contact is told what is recorded: who has a seat and what is to be paid; or who has none yet, and how seats
    are given.
    """
    if not is_candidate:
        kind, button, then = "booking-confirmation", gettext_lazy("Voir ma réservation"), what_next
    else:
        kind, button, then = "candidate-recorded", gettext_lazy("Voir ma candidature"), how_seated
    return tell(booking, kind, key=key, button=button, context=lambda: {"lines": lines(), "next": then(booking)}, at=at)


def how_seated(booking: Booking) -> str:
    """How its candidates will have their seats, and what that asks of them."""
    order = SeatOrder(booking.seat_order)
    if order == SeatOrder.PAYMENT:
        said = _("Vous aurez la vôtre dès que votre paiement nous parvient, s’il reste alors une place.")
        return f"{order.sentence} {said}\n{what_next(booking)}"
    said = _("Nous vous écrivons dès que vous avez la vôtre. D’ici là, vous n’avez rien à payer.")
    return f"{order.sentence} {said}"


def lines_of(rows: Collection[Registration]) -> str:
    """Session by session, the people in it: one line each."""
    found = Registration.objects.filter(pk__in=[row.pk for row in rows]).select_related("session__activity")
    return listed((row.session, str(row)) for row in found.order_by("position"))


def listed(people: Iterable[tuple[Session, str]]) -> str:
    """The same, the sessions with their activities and the names being at hand."""
    ordered = sorted(people, key=lambda pair: (pair[0].starts_on, pair[0].pk))
    shown: list[str] = []
    for session, named in groupby(ordered, lambda pair: pair[0]):
        shown.append(f"{session.activity.title}, {words.span(session.starts_on, session.ends_on)}")
        shown += [f"– {name}" for _session, name in named]
    return "\n".join(shown)


def what_next(booking: Booking) -> str:
    """What is still to be done about the money, in a sentence, and how the organisation is paid."""
    if not booking.due_cents:
        return _("Tout est réglé.") if booking.paid_cents else _("Il n’y a rien à payer.")
    due = words.money(booking.due_cents)
    said = _("Reste à payer\u00a0: %(due)s.") % {"due": due}
    if booking.method:
        how = str(PayMethod(booking.method).label).lower()
        said = _("Reste à payer\u00a0: %(due)s, par %(how)s.") % {"due": due, "how": how}
    if booking.held_until:
        when = words.moment(booking.held_until)
        said += " " + _("Les places sont gardées jusqu’au %(when)s\u202f; sans paiement, elles sont libérées.") % {
            "when": when
        }
    how_to = "" if booking.method == PayMethod.CARD else booking.organisation.payment_help
    return f"{said}\n{how_to}".strip()
