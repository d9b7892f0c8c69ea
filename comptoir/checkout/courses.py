"""Sign up to a public course without an account, and replace an earlier sign-up to the same type (F1, F2, F6).

What the visitor is answered is the same whoever was signed up before: only the earlier one's mailbox learns of it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal, refuse_all
from comptoir.base.speaking import speaking
from comptoir.base.text import clean_line, email_key
from comptoir.bookings.commands.rows import in_own_hand
from comptoir.bookings.models import Registration
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import LIVE, RegistrationState, SeatOrder
from comptoir.checkout.booking import Order, known, place, ready
from comptoir.checkout.offers import Offer, offers_called
from comptoir.courses import queries
from comptoir.courses.commands import replacing
from comptoir.courses.models import PublicCourse, Replacement
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.submission import Participant, Requester, Submission, check, requester_problems


class AlreadyValidated(Refusal):
    """The earlier sign-up was validated: it is not replaced (F2)."""

    code = "already-validated"
    kind = "conflict"


@dataclass(frozen=True)
class SignUp:
    """One person, for one session of a public course, as typed; `token` is the form's."""

    session: str  # reference
    first_name: str
    last_name: str
    email: str
    phone: str
    seat_type: int | None
    method: str
    terms_version: int | None
    token: str

    def order(self, course: PublicCourse) -> Order:
        """The same as a booking of one person, who is its own client, for a session of that course."""
        first, last, email = clean_line(self.first_name), clean_line(self.last_name), email_key(self.email)
        asked = Requester(f"{first} {last}".strip(), first, last, email, kind="person", phone=clean_line(self.phone))
        person = Participant(self.session, first, last, email, self.seat_type)
        sent = Submission(asked, (person,), self.terms_version, origin="course")
        return Order(sent, self.token, method=self.method, is_course=True, seat_order=SeatOrder(course.seat_order))


def course_offer(reference: str, *, by: Actor, at: datetime) -> Offer:
    """The session of a public course that a visitor may sign up to. Refuses: Missing for any other."""
    offer = offers_called({reference}, organisation_id=by.organisation_id, at=at).get(reference)
    if offer is None or queries.public_course(offer.session.activity_id) is None:
        raise Missing(_("Cette session n’existe pas."))
    return offer


@transaction.atomic
def sign_up(wanted: SignUp, *, by: Actor, at: datetime) -> None:
    """The person awaits validation on that session, with a seat or as a candidate (ADR 0035).

    Or the mailbox of an earlier sign-up to the same type was asked whether to leave it, or told why it stays. Answers
    nothing, so that nobody can tell which. Everything a stranger could be refused for is refused first. Refuses:
    Missing, Several (each field at fault), StaleBasket, TermsNotAccepted, Invalid on `method`, TokenReused, NoSeatLeft.
    """
    session = course_offer(wanted.session, by=by, at=at).session
    course = PublicCourse.objects.get(activity=session.activity_id)
    order = wanted.order(course)
    refuse_all([one for one in requester_problems(order.submission.requester) if one.field != "legal_name"])
    if known(order, by=by):
        return
    ready(order, check(order.submission), by=by, at=at)
    replacing.lock_type(course)
    person = order.submission.participants[0]
    before = queries.earlier_of(course, person.first_name, person.last_name, person.email, at=at)
    if not before:
        place(order, by=by, at=at)
        return
    kept = [one for one in before if one.session_id == session.pk or one.state == RegistrationState.VALIDATED]
    if kept:
        replacing.tell_kept(kept[0], session, at=at)
    else:
        replacing.ask(
            before[0], session, seat_type_id=wanted.seat_type, method=wanted.method,
            terms_version=wanted.terms_version, at=at,
        )  # fmt: skip


@transaction.atomic
def replace(*, token: str, by: Actor, at: datetime) -> None:
    """The earlier sign-up is cancelled, its seat free, and the person awaits validation on the other session.

    Both or neither; the link has served. Refuses: Missing (served, ended, unknown), AlreadyValidated, and as `book`.
    """
    asked = queries.replacement(token, organisation_id=by.organisation_id, at=at)
    if asked is None or not Replacement.objects.select_for_update().filter(pk=asked.pk).exists():
        raise Missing(_("Ce lien a déjà servi, ou n’est plus valable."))
    course = PublicCourse.objects.get(activity=asked.session.activity_id)
    replacing.lock_type(course)
    held = in_own_hand(asked.earlier.booking_id, by=by)
    row = held.row(asked.earlier_id)
    _check_may_leave(row)
    order = _order(asked, row, held.booking.contact_phone, token, course)
    Replacement.objects.filter(pk=asked.pk).delete()
    seats = Allotment.of({row.session_id, asked.session_id}, locked=True)  # both at once, in the order of all others
    held.move([row], RegistrationState.CANCELLED, seats, at=at)
    detail: dict[str, object] = {"registrations": [row.pk]}
    journal.record(what="registration.replaced", about=held.booking.reference, by=by, at=at, detail=detail)
    with speaking(held.booking.language):
        place(order, by=by, at=at)


def _check_may_leave(row: Registration) -> None:
    if row.state == RegistrationState.VALIDATED:
        raise AlreadyValidated(_("Votre inscription a été validée entre-temps\u00a0: pour en changer, écrivez-nous."))
    if row.state not in LIVE or not row.email:
        raise Missing(_("L’inscription à remplacer n’existe plus."))


def _order(asked: Replacement, row: Registration, phone: str, token: str, course: PublicCourse) -> Order:
    return SignUp(
        asked.session.reference, row.first_name, row.last_name, row.email, phone, asked.seat_type_id, asked.method,
        asked.terms_version, queries.digest_of(f"placed:{token}"),
    ).order(course)  # fmt: skip
