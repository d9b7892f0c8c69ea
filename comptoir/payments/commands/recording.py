"""Write in the ledger: a payment received, a refund made (C19–C22)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.base.speaking import speaking
from comptoir.base.text import clean_line
from comptoir.bookings.commands.paying import paid
from comptoir.bookings.commands.rows import InHand, in_hand
from comptoir.bookings.links import address_of
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.states import PayMethod
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.organisations.actors import Actor
from comptoir.organisations.numbers import next_numbers
from comptoir.payments.models import Comment, Entry
from comptoir.payments.states import EntryKind

SERIES = "receipt"
LONGEST_COMMENT = 500


class NothingDue(Refusal):
    """Nothing is left to be paid, or to be paid back: somebody may have written it a moment ago."""

    code = "nothing-due"


@dataclass(frozen=True)
class Settled:
    """What the desk says of a payment or a refund: cents, by what, which day, a note for the desk alone."""

    amount_cents: int
    method: str
    settled_on: date
    comment: str = ""


@transaction.atomic
def record_payment(
    *, booking_id: int, key: str, settled: Settled, notify: bool = False, by: Actor, at: datetime
) -> int:
    """The payment is in the ledger, the contact told when asked; all that was due validates the booking (C19, C20).

    A part may be paid. Answers the entry's number; the same key again is the same entry. Refuses: Missing,
    OutsidePerimeter, NothingDue, Invalid or Several (amount above what is due, unknown method, day to come).
    """
    held = _whole(booking_id, by=by)
    if known := _known(key, by=by):
        return known.number
    if not held.booking.due_cents:
        raise NothingDue(_("Rien n’est dû pour cette réservation\u00a0: elle vient peut-être d’être payée."))
    entry = _write(held, EntryKind.PAYMENT, key, settled, held.booking.due_cents, by=by, at=at)
    paid(held, settled.amount_cents, by=by, at=at)
    journal.record(what="payment.received", about=held.booking.reference, by=by, at=at, detail=_detail(entry))
    if notify and held.booking.contact_email:
        _tell(held, entry, at=at)
    return entry.number


def record_received(held: InHand, *, key: str, method: PayMethod, amount_cents: int, by: Actor, at: datetime) -> None:
    """What really came for the booking in hand is in the ledger, even more than was due, and its contact is told.

    For whoever takes money without the desk (cards), in the transaction that learns of it. The same key: nothing.
    """
    if _known(key, by=by):
        return
    entry = _write(held, EntryKind.PAYMENT, key, Settled(amount_cents, method, localdate(at)), None, by=by, at=at)
    paid(held, amount_cents, by=by, at=at)
    journal.record(what="payment.received", about=held.booking.reference, by=by, at=at, detail=_detail(entry))
    if held.booking.contact_email:
        _tell(held, entry, at=at)


def record_paid_back(held: InHand, *, key: str, method: PayMethod, amount_cents: int, by: Actor, at: datetime) -> None:
    """What was really paid back without the desk's hand is in the ledger. The same key: nothing."""
    if _known(key, by=by):
        return
    entry = _write(held, EntryKind.REFUND, key, Settled(amount_cents, method, localdate(at)), None, by=by, at=at)
    paid(held, -amount_cents, by=by, at=at)
    journal.record(what="payment.refunded", about=held.booking.reference, by=by, at=at, detail=_detail(entry))


@transaction.atomic
def record_refund(*, booking_id: int, key: str, settled: Settled, by: Actor, at: datetime) -> int:
    """The refund is in the ledger: so much less is to be paid back (C21). Answers and refuses as record_payment."""
    held = _whole(booking_id, by=by)
    if known := _known(key, by=by):
        return known.number
    if not held.booking.refund_due_cents:
        raise NothingDue(_("Rien n’est à rembourser pour cette réservation."))
    entry = _write(held, EntryKind.REFUND, key, settled, held.booking.refund_due_cents, by=by, at=at)
    paid(held, -settled.amount_cents, by=by, at=at)
    journal.record(what="payment.refunded", about=held.booking.reference, by=by, at=at, detail=_detail(entry))
    return entry.number


def _whole(booking_id: int, *, by: Actor) -> InHand:
    held = in_hand(booking_id, by=by)
    held.require_own(held.rows)
    return held


def _known(key: str, *, by: Actor) -> Entry | None:
    return Entry.objects.filter(organisation_id=by.organisation_id, key=key).first()


def _write(
    held: InHand, kind: EntryKind, key: str, settled: Settled, most: int | None, *, by: Actor, at: datetime
) -> Entry:
    """`most`: what is left; None when the money is there whatever was due."""
    if most is not None:
        refuse_all(_faults(settled, most, at=at))
    entry = Entry.objects.create(
        organisation_id=by.organisation_id, booking=held.booking, key=key, kind=kind, method=settled.method,
        number=next_numbers(by.organisation_id, SERIES)[0], amount_cents=settled.amount_cents,
        settled_on=settled.settled_on, at=at, by_user_id=by.user_id, by_name=by.name,
    )  # fmt: skip
    if comment := clean_line(settled.comment):
        Comment.objects.create(entry=entry, text=comment)
    return entry


def _faults(settled: Settled, most: int, *, at: datetime) -> list[Refusal]:
    found: list[Refusal] = []
    if not 0 < settled.amount_cents <= most:
        said = _("Le montant va d’un centime à %(most)s, ce qui reste.") % {"most": words.money(most)}
        found.append(Invalid(said, field="amount"))
    if settled.method not in PayMethod.values:
        found.append(Invalid(_("Choisissez un moyen de paiement de la liste."), field="method"))
    if settled.settled_on > localdate(at):
        found.append(
            Invalid(_("Cette date n’est pas encore passée\u00a0: indiquez le jour du règlement."), field="settled_on")
        )
    if len(clean_line(settled.comment)) > LONGEST_COMMENT:
        found.append(Invalid(_("Le commentaire tient en 500 caractères."), field="comment"))
    return found


def _detail(entry: Entry) -> dict[str, object]:
    return {"entry": entry.number, "cents": entry.amount_cents, "method": entry.method}


def _tell(held: InHand, entry: Entry, *, at: datetime) -> None:
    booking = held.booking
    with speaking(booking.language):
        mail.queue(
            organisation_id=booking.organisation_id, kind="payment-received", key=f"payment:{entry.number}",
            to=[booking.contact_email], about=booking.reference, at=at,
            button=(_("Voir ma réservation"), address_of(booking)),
            context={
                "contact": booking.contact_name, "booking": booking.reference, "day": words.day(entry.settled_on),
                "amount": words.money(entry.amount_cents), "left": _left(held),
                "method": str(PayMethod(entry.method).label).lower(),
            },
        )  # fmt: skip


def _left(held: InHand) -> str:
    """What is left to pay; that there is no seat, which another mail explains; or what is to be paid back, when it came
    too late for its seats or was too much.
    """
    booking = held.booking
    if booking.secured_at and held.in_state(RegistrationState.CANDIDATE):
        return _("rien\u202f; mais la session est complète, et un autre message vous dit la suite")
    if back := booking.refund_due_cents:
        return _(
            "rien\u202f; %(back)s vous seront remboursés, car les places n’étaient plus gardées ou le total a changé"
        ) % {"back": words.money(back)}
    return words.money(booking.due_cents) if booking.due_cents else _("rien, tout est réglé")
