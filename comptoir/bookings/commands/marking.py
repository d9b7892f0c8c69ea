"""What the desk notes on bookings and their people: a label, the level of confirmation."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.text import clean_line
from comptoir.bookings.commands.rows import in_hand
from comptoir.bookings.models import Booking, Registration
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


def mark_many(
    *, booking_ids: Collection[int], label: str | None = None, level_id: int | None = None, by: Actor, at: datetime
) -> Outcome[str]:
    """Each booking bears the label, or its people are at the level; those that refuse are skipped with their reason."""
    outcome: Outcome[str] = Outcome()
    known = Booking.objects.filter(organisation_id=by.organisation_id, pk__in=booking_ids)
    for pk, reference in known.order_by("-pk").values_list("pk", "reference"):
        try:
            if label is not None:
                label_booking(booking_id=pk, label=label, by=by, at=at)
            if level_id is not None:
                set_level(booking_id=pk, level_id=level_id, by=by, at=at)
        except Refusal as refusal:
            outcome.skip(reference, refusal)
        else:
            outcome.done.append(reference)
    return outcome
