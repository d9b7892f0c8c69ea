"""The desk mends what was typed wrong: a person's name and address, the contact's (F4)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.base.text import clean_line, email_key
from comptoir.bookings.commands.confirming import send_confirmation
from comptoir.bookings.commands.rows import InHand, in_hand
from comptoir.bookings.keys import search_key
from comptoir.bookings.models import Booking, Registration
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

LONGEST_NAME, LONGEST_CONTACT, LONGEST_PHONE = 80, 170, 30


@transaction.atomic
def correct_person(
    *, booking_id: int, registration_id: int, first_name: str, last_name: str, email: str, notify: bool = False,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """The person is called so and written to there; so is the contact, when it is the same person or address.

    `notify`: the confirmation leaves at once, to the contact as it now is. Refuses: Missing, Invalid or Several on
    first_name, last_name, email; with `notify`, as `send_confirmation`.
    """
    held = in_hand(booking_id, by=by)
    row = held.row(registration_id)
    _require_kept(held.booking)
    before = (row.first_name, row.last_name, row.email)
    put_name(row, first_name, last_name, email)
    if before != (row.first_name, row.last_name, row.email):
        row.save(update_fields=["first_name", "last_name", "email"])
        if all(one.pk in held.own for one in held.rows):
            _follow(held.booking, before, row)
        _found_again(held)
        _record(held, [row.pk], by=by, at=at)
    _confirm(held.booking, notify, by=by, at=at)


@transaction.atomic
def correct_contact(
    *, booking_id: int, name: str, email: str, phone: str, notify: bool = False, by: Actor, at: datetime
) -> None:
    """The contact of the booking is called, written to and rung so. A person with the same address has the new one.

    Refuses: Missing, OutsidePerimeter, Invalid or Several on name, email, phone; with `notify`, as `send_confirmation`.
    """
    held = in_hand(booking_id, by=by)
    held.require_own(held.rows)
    booking = held.booking
    _require_kept(booking)
    name, email, phone = clean_line(name), email_key(email), clean_line(phone)
    refuse_all(_contact_faults(name, email, phone))
    same = [row for row in held.rows if row.email and row.email == email_key(booking.contact_email)]
    for row in same:
        row.email = email
        row.save(update_fields=["email"])
    booking.contact_name, booking.contact_email, booking.contact_phone = name, email, phone
    booking.save(update_fields=["contact_name", "contact_email", "contact_phone"])
    _found_again(held)
    _record(held, [row.pk for row in same], by=by, at=at)
    _confirm(booking, notify, by=by, at=at)


def put_name(row: Registration, first_name: str, last_name: str, email: str) -> None:
    """The row is called so; it is not saved. Refuses: Invalid or Several on first_name, last_name, email."""
    first, last, address = clean_line(first_name), clean_line(last_name), email_key(email)
    found: list[Refusal] = []
    if not 0 < len(first) <= LONGEST_NAME:
        found.append(Invalid(_("Indiquez le prénom, en 80 caractères au plus."), field="first_name"))
    if not 0 < len(last) <= LONGEST_NAME:
        found.append(Invalid(_("Indiquez le nom, en 80 caractères au plus."), field="last_name"))
    refuse_all(found + _address_faults(address))
    row.first_name, row.last_name, row.email = first, last, address


def _follow(booking: Booking, before: Sequence[str], row: Registration) -> None:
    """The contact who is that person keeps up with it."""
    first, last, email = before
    if booking.contact_name == f"{first} {last}":
        booking.contact_name = f"{row.first_name} {row.last_name}"
    if email and row.email and email_key(booking.contact_email) == email:
        booking.contact_email = row.email
    booking.save(update_fields=["contact_name", "contact_email"])


def _found_again(held: InHand) -> None:
    for row in held.rows:
        row.search_key = search_key(held.booking, row)
    Registration.objects.bulk_update(held.rows, ["search_key"], batch_size=200)


def _confirm(booking: Booking, notify: bool, *, by: Actor, at: datetime) -> None:
    if notify:
        send_confirmation(booking_id=booking.pk, by=by, at=at)


def _require_kept(booking: Booking) -> None:
    if booking.erased_at:
        raise Missing(_("Les données personnelles de cette réservation ont été effacées."))


def _contact_faults(name: str, email: str, phone: str) -> list[Refusal]:
    found: list[Refusal] = []
    if not 0 < len(name) <= LONGEST_CONTACT:
        found.append(Invalid(_("Indiquez le nom du contact, en 170 caractères au plus."), field="name"))
    if len(phone) > LONGEST_PHONE:
        found.append(Invalid(_("Le téléphone tient en 30 caractères."), field="phone"))
    if not email:
        found.append(Invalid(_("Indiquez l’adresse où écrire au contact."), field="email"))
    return found + _address_faults(email)


def _address_faults(email: str) -> list[Refusal]:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return [Invalid(_("Ce courriel n’a pas la forme nom@domaine.fr."), field="email")]
    return []


def _record(held: InHand, ids: list[int], *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"registrations": ids}
    journal.record(what="booking.corrected", about=held.booking.reference, by=by, at=at, detail=detail)
