"""Erase what letters keep of a booking's people (C9); their mails are erased by the outbox itself."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from comptoir.letters.models import Letter, Recipient
from comptoir.letters.states import LetterState
from comptoir.mail import attachments


def erase(booking_id: int, *, at: datetime) -> None:
    """A letter all of whose recipients are erased loses its words and its files: they may have been about them.

    Its row, its date and the fate of each mail stay. In the caller's transaction, after the booking itself.
    """
    named = Recipient.objects.filter(letter=OuterRef("pk"), registration__booking__erased_at__isnull=True)
    concerned = Letter.objects.filter(recipients__registration__booking=booking_id, state=LetterState.SENT)
    empty(concerned.filter(~Exists(named), erased_at__isnull=True).distinct(), at=at)


def empty(letters: QuerySet[Letter], *, at: datetime) -> None:
    """These letters have no words nor files any more. In the caller's transaction."""
    for letter in letters:
        letter.subject, letter.body, letter.erased_at = "", "", at
        letter.save(update_fields=["subject", "body", "erased_at"])
        attachments.forget(letter.reference, organisation_id=letter.organisation_id)
