"""Send a letter: each person's mail is queued with it, in one transaction; the same letter is never sent twice."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal
from comptoir.base.speaking import FRENCH
from comptoir.journal import commands as journal
from comptoir.letters import queries
from comptoir.letters.commands.drafting import Written, own_draft, put
from comptoir.letters.filling import Filler
from comptoir.letters.models import Letter, Recipient
from comptoir.letters.people import Rules, Sorted, chosen, sort_out
from comptoir.letters.states import LetterState
from comptoir.mail import commands as mail
from comptoir.mail import parsing
from comptoir.mail.queries import ids_of
from comptoir.mail.wording.letters import MODELS
from comptoir.organisations.actors import Actor

ROWS_AT_ONCE = 1000


class NobodyToWriteTo(Refusal):
    """Nobody of those chosen can be written to."""

    code = "nobody-to-write-to"


@transaction.atomic
def send_letter(*, letter_id: int, written: Written, by: Actor, at: datetime) -> None:
    """The draft, with what was typed last, is queued: one mail an address and booking; who is left out is kept too.

    Sent already, it is left as it is. Nothing is kept of what is refused.
    Refuses: Missing, Invalid, UnknownVariable, Several, NobodyToWriteTo.
    """
    try:
        letter = own_draft(letter_id, by=by)
    except Missing:
        if queries.sent(seen_by=by).filter(pk=letter_id, by_user_id=by.user_id).exists():
            return  # a double click
        raise
    put(letter, written, at=at)
    filler = Filler.of(letter, ())
    parsing.check(filler.words, MODELS[letter.kind], FRENCH)
    found = sort_out(chosen(letter.chosen, seen_by=by), Rules.of(letter), asked=len(letter.chosen))
    if not found.groups:
        raise NobodyToWriteTo(_("Personne ne peut recevoir ce message\u00a0: voyez plus bas pourquoi."))
    _queue(letter, found, at=at)
    letter.state, letter.sent_at, letter.chosen, letter.outside = LetterState.SENT, at, [], found.outside
    letter.save(update_fields=["state", "sent_at", "chosen", "outside"])
    detail: dict[str, object] = {"mails": len(found.groups), "skipped": len(found.skipped)}
    journal.record(what="letter.sent", about=letter.reference, by=by, at=at, detail=detail)


def _queue(letter: Letter, found: Sorted, *, at: datetime) -> None:
    filler = Filler.of(letter, {one.session_id for group in found.groups for one in group.people})
    filler.keep_papers(at=at)
    mail.queue_many((filler.draft(group) for group in found.groups), at=at)
    ids = ids_of([filler.key(group) for group in found.groups], organisation_id=letter.organisation_id)
    written = (
        Recipient(letter=letter, registration_id=person.pk, message_id=ids[filler.key(group)])
        for group in found.groups
        for person in group.people
    )
    Recipient.objects.bulk_create(written, batch_size=ROWS_AT_ONCE)
    skipped = (Recipient(letter=letter, registration_id=one.pk, skipped=why) for one, why in found.skipped)
    Recipient.objects.bulk_create(skipped, batch_size=ROWS_AT_ONCE)
