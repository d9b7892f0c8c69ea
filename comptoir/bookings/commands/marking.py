"""What the desk notes on bookings and their people: a label, the level of confirmation."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing
from comptoir.base.outcome import Outcome
from comptoir.base.text import clean_line
from comptoir.bookings.commands.rows import in_hand, on_each
from comptoir.bookings.models import Registration
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ConfirmationLevel

LONGEST_LABEL = 40


@transaction.atomic
def label_booking(*, booking_id: int, label: str, by: Actor, at: datetime) -> None:
    """The booking bears that label; an empty one takes it off. Refuses: Missing, Invalid (too long)."""
    said = clean_line(label)
    if len(said) > LONGEST_LABEL:
        raise Invalid(_("L’étiquette tient en 40 caractères."), field="label")
    booking = in_hand(booking_id, by=by).booking
    if booking.label != said:
        booking.label = said
        booking.save(update_fields=["label"])
        journal.record(what="booking.labelled", about=booking.reference, by=by, at=at)


@transaction.atomic
def set_level(*, booking_id: int, level_id: int, by: Actor, at: datetime) -> None:
    """The people of the booking, those of the perimeter, are confirmed to that level. Refuses: Missing."""
    if not ConfirmationLevel.objects.filter(organisation_id=by.organisation_id, pk=level_id, is_active=True).exists():
        raise Missing(_("Ce niveau de confirmation n’existe plus."))
    held = in_hand(booking_id, by=by)
    changed = Registration.objects.filter(pk__in=held.own).exclude(level=level_id).update(level=level_id)
    if changed:
        detail: dict[str, object] = {"level": level_id, "registrations": sorted(held.own)}
        journal.record(what="registration.level-set", about=held.booking.reference, by=by, at=at, detail=detail)


def label_many(*, booking_ids: Collection[int], label: str, by: Actor, at: datetime) -> Outcome[str]:
    """Each booking bears the label; those that refuse are skipped with their reason."""
    return on_each(booking_ids, lambda pk: label_booking(booking_id=pk, label=label, by=by, at=at), by=by)


def set_level_of_many(*, booking_ids: Collection[int], level_id: int, by: Actor, at: datetime) -> Outcome[str]:
    """The people of each booking are at the level; those that refuse are skipped with their reason."""
    return on_each(booking_ids, lambda pk: set_level(booking_id=pk, level_id=level_id, by=by, at=at), by=by)
