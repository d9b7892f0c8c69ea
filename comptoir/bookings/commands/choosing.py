"""What else a registrant chooses alone: add-ons, by what to pay, the seat that is offered (C12, C13)."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing
from comptoir.bookings.commands.moving import NothingToDo
from comptoir.bookings.commands.own_hand import TooLate, opened
from comptoir.bookings.commands.paying import validate_secured
from comptoir.bookings.commands.rows import InHand, seats_of
from comptoir.bookings.commands.waiting import taken_up
from comptoir.bookings.models import AddOnLine, Registration
from comptoir.bookings.seats import Allotment, NoSeatLeft
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.catalogue.rules import deposit_cents, held_until, rules_of
from comptoir.catalogue.states import PayMethod
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


@transaction.atomic
def change_add_ons(
    *, reference: str, link: str, registration_id: int, wanted: Mapping[int, int], by: Actor, at: datetime
) -> None:
    """This participant has these add-ons (id → how many) and no other; those kept keep their price.

    Owes more or less at once: a refund due is then shown (C13, C21); nothing due any more validates. Refuses: Missing,
    TooLate, NoSeatLeft naming the add-on, Invalid (`extra-<id>`: more than one participant may take).
    """
    held, allowed = opened(reference, link, by=by, at=at)
    row = held.row(registration_id)
    if row.state not in SEATED:
        raise Missing(_("Cette inscription est annulée."))
    if not allowed.may_change_add_ons:
        raise TooLate(_("Les extras ne peuvent pas, ou ne peuvent plus, être changés ici\u00a0: écrivez-nous."))
    seats = seats_of([row])
    if _rewritten(held, row, {pk: n for pk, n in wanted.items() if n}, seats):
        held.settle()
        _record("registration.add-ons-changed", held, by=by, at=at, registrations=[row.pk])
        if not allowed.is_offered:  # a seat offered is still to be accepted
            validate_secured(held, by=by, at=at)


@transaction.atomic
def choose_method(*, reference: str, link: str, method: str, by: Actor, at: datetime) -> None:
    """It is to be paid so, its seats kept until the date its activities give; an offered seat is thus accepted (C12).

    The delay runs from the booking, or from the offer: choosing again gains no time. Refuses: Missing, NothingToDo,
    TooLate, Invalid on `method`. A card is not chosen here: it is paid by (comptoir.cards).
    """
    held, allowed = opened(reference, link, by=by, at=at)
    if not allowed.awaits_payment:
        raise NothingToDo(_("Cette réservation n’attend pas de paiement."))
    if not allowed.methods:
        raise TooLate(_("Le moyen de paiement ne peut pas, ou ne peut plus, être changé ici\u00a0: écrivez-nous."))
    if method not in allowed.methods:
        raise Invalid(_("Choisissez un moyen de paiement de la liste."), field="method")
    _put_method(held, PayMethod(method))
    _record("booking.method-chosen", held, by=by, at=at, method=method)


@transaction.atomic
def accept_own(*, reference: str, link: str, by: Actor, at: datetime) -> None:
    """The seat offered is taken: nothing being due, they are validated. Refuses: Missing, NothingToDo, Invalid."""
    held, allowed = opened(reference, link, by=by, at=at)
    if not allowed.is_offered:
        raise NothingToDo(_("Il n’y a pas, ou plus, de place proposée à accepter."))
    if held.booking.due_cents:
        raise Invalid(_("Pour accepter la place, choisissez par quel moyen vous payez."), field="method")
    taken_up(held, by=by, at=at)


def _put_method(held: InHand, method: PayMethod) -> None:
    booking = held.booking
    sessions = [row.session for row in held.in_state(*SEATED, RegistrationState.CANDIDATE)]
    rules = rules_of({session.activity_id for session in sessions}).values()
    booking.method = method
    if booking.held_until:  # a candidate holds no seat that a date would free
        booking.held_until = held_until(rules, sessions, since=booking.offered_at or booking.created_at)
    booking.deposit_cents = deposit_cents(rules, booking.owed_cents)
    booking.save(update_fields=["method", "held_until", "deposit_cents"])


def _rewritten(held: InHand, row: Registration, wanted: Mapping[int, int], seats: Allotment) -> bool:
    """The lines of one participant are these; whether anything changed."""
    lines = {line.add_on_id: line for line in held.lines_of(row)}
    changes = Counter(wanted)
    changes.subtract({pk: line.quantity for pk, line in lines.items()})
    changes = Counter({pk: by for pk, by in changes.items() if by})
    added = {pk: by for pk, by in changes.items() if by > 0}
    _check(added, wanted, row, seats)
    seats.extras.write(changes)
    for pk in changes:
        if pk not in wanted:
            lines[pk].delete()
            held.extras = [pair for pair in held.extras if pair[1] is not lines[pk]]
        elif pk in lines:
            lines[pk].quantity = wanted[pk]
            lines[pk].save(update_fields=["quantity"])
        else:
            price = seats.extras.rows[pk].price_cents
            line = AddOnLine.objects.create(registration=row, add_on_id=pk, quantity=wanted[pk], price_cents=price)
            held.extras.append((row, line))
    return bool(changes)


def _check(added: Mapping[int, int], wanted: Mapping[int, int], row: Registration, seats: Allotment) -> None:
    if why := seats.extras.short(row.session_id, added):
        raise NoSeatLeft(_("Rien n’a été changé\u00a0: %(why)s.") % {"why": why})
    for pk in added:
        extra = seats.extras.rows[pk]
        if not extra.is_active or wanted[pk] > extra.most:
            said = _("%(name)s\u00a0: %(most)d au plus par participant.")
            most = extra.most if extra.is_active else 0
            raise Invalid(said % {"name": extra.name, "most": most}, field=f"extra-{pk}")


def _record(what: str, held: InHand, *, by: Actor, at: datetime, **detail: object) -> None:
    journal.record(what=what, about=held.booking.reference, by=by, at=at, detail=dict(detail))
