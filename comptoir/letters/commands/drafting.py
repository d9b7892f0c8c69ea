"""Begin a letter to those chosen, write it, attach files, let it go. A draft is its author's alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Invalid, Missing, refuse_all
from comptoir.base.outcome import Outcome
from comptoir.base.speaking import FRENCH
from comptoir.base.text import clean_text
from comptoir.base.tokens import new_reference
from comptoir.bookings.queries import registrations
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.queries import session as session_of
from comptoir.journal import commands as journal
from comptoir.letters import queries
from comptoir.letters.models import Letter
from comptoir.letters.states import Audience, LetterState
from comptoir.mail import attachments, files
from comptoir.mail.parsing import LONGEST_BODY, LONGEST_SUBJECT
from comptoir.mail.queries import words_in_force
from comptoir.mail.wording.letters import CONVOCATION, FREE, MODELS
from comptoir.organisations.actors import Actor

MOST = 10_000  # registrations one letter goes to
KEPT = timedelta(days=30)  # a draft nobody touches


@dataclass(frozen=True)
class Written:
    """What the author typed: words with variables, to whom among those chosen, one more file to attach."""

    subject: str
    body: str
    audience: str
    with_cancelled: bool = False
    file: tuple[str, bytes] | None = None  # its name, as sent, and its bytes


@transaction.atomic
def begin_letter(*, registration_ids: Sequence[int], kind: str = FREE.code, by: Actor, at: datetime) -> int:
    """A draft to those chosen holds the words in force of its model; answers its id. Refuses: Invalid.

    Where no participant has an address, it is to the bookings' contacts.
    """
    if not registration_ids:
        raise Invalid(_("Cochez au moins une inscription."))
    if len(registration_ids) > MOST:
        said = _("Choisissez au plus %(n)s inscriptions à la fois\u00a0: affinez la recherche.")
        raise Invalid(said % {"n": words.thousands(MOST)})
    model = words_in_force(_model(kind), FRENCH, organisation_id=by.organisation_id)
    reached = registrations(seen_by=by).filter(pk__in=registration_ids).exclude(email="").order_by()
    audience = Audience.PARTICIPANTS if reached.exists() else Audience.CONTACTS
    made = Letter.objects.create(
        organisation_id=by.organisation_id, reference=new_reference("ME"), kind=kind, audience=audience,
        subject=model.subject, body=model.body, chosen=list(registration_ids), by_user_id=by.user_id, by_name=by.name,
        changed_at=at,
    )  # fmt: skip
    return made.pk


def begin_convocation(*, session_id: int, by: Actor, at: datetime) -> int:
    """A draft of the convocation of all who are validated for a session; answers its id. Refuses: Missing, Invalid."""
    session = session_of(session_id=session_id, seen_by=by)
    rows = registrations(seen_by=by).filter(session=session, state=RegistrationState.VALIDATED)
    found = list(rows.order_by("booking_id", "position").values_list("pk", flat=True)[: MOST + 1])
    if not found:
        raise Invalid(_("Personne n’est encore validé pour cette session\u00a0: il n’y a personne à convoquer."))
    return begin_letter(registration_ids=found, kind=CONVOCATION.code, by=by, at=at)


@transaction.atomic
def change_draft(*, letter_id: int, written: Written, by: Actor, at: datetime) -> None:
    """The draft says this, right or wrong: it is judged when it is sent.

    Refuses: Missing, Invalid (too long), NotAttachable on `file`.
    """
    put(own_draft(letter_id, by=by), written, at=at)


@transaction.atomic
def take_model(*, letter_id: int, kind: str, by: Actor, at: datetime) -> None:
    """The draft begins again from the words of another model. Refuses: Missing, Invalid."""
    row = own_draft(letter_id, by=by)
    said = words_in_force(_model(kind), FRENCH, organisation_id=by.organisation_id)
    row.kind, row.subject, row.body, row.changed_at = kind, said.subject, said.body, at
    row.save(update_fields=["kind", "subject", "body", "changed_at"])


@transaction.atomic
def detach_file(*, letter_id: int, attachment_id: int, by: Actor) -> None:
    """The file will not go. Refuses: Missing."""
    row = own_draft(letter_id, by=by)
    if not queries.files(row).filter(pk=attachment_id).exists():
        raise Missing(_("Ce fichier n’est plus joint."))
    attachments.remove(attachment_id, about=row.reference, organisation_id=by.organisation_id)


@transaction.atomic
def discard_draft(*, letter_id: int, by: Actor, at: datetime) -> None:
    """The draft and its files are gone. Refuses: Missing."""
    row = own_draft(letter_id, by=by)
    attachments.forget(row.reference, organisation_id=by.organisation_id)
    row.delete()
    journal.record(what="letter.discarded", about=row.reference, by=by, at=at)


def forget_old(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """Drafts nobody has touched for thirty days are gone, with their files (a round)."""
    outcome: Outcome[str] = Outcome()
    old = Letter.objects.filter(state=LetterState.DRAFT, changed_at__lt=at - KEPT).order_by("changed_at", "pk")
    for pk in list(old.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            for row in old.select_for_update(skip_locked=True).filter(pk=pk):  # none, if it was just touched
                attachments.forget(row.reference, organisation_id=row.organisation_id)
                row.delete()
                outcome.done.append(row.reference)
    return outcome


def own_draft(letter_id: int, *, by: Actor) -> Letter:
    """The author's draft, locked. Refuses: Missing."""
    rows = queries.drafts(seen_by=by).select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=letter_id).first()
    if row is None:
        raise Missing(_("Ce brouillon n’existe pas, ou son message est déjà parti."))
    return row


def put(row: Letter, written: Written, *, at: datetime) -> None:
    """What was typed is in the row. Refuses: Invalid, each at its field."""
    subject, body = clean_text(written.subject), clean_text(written.body)
    too_long = _("Ce texte est trop long\u00a0: %(longest)d caractères au plus.")
    refuse_all(
        [
            Invalid(too_long % {"longest": longest}, field=field)
            for field, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY))
            if len(text) > longest
        ]
    )
    if written.audience not in Audience.values:
        raise Invalid(_("Choisissez à qui vous écrivez."), field="audience")
    row.subject, row.body, row.changed_at = subject, body, at
    row.audience, row.with_cancelled = written.audience, written.with_cancelled
    row.save(update_fields=["subject", "body", "audience", "with_cancelled", "changed_at"])
    if written.file is not None:
        _attach(row, *written.file, at=at)


def _attach(row: Letter, name: str, content: bytes, *, at: datetime) -> None:
    """The file will go with every mail of the draft."""
    file = files.checked(name, content)
    files.require_room(queries.files(row), len(content))
    attachments.keep_file(file, organisation_id=row.organisation_id, about=row.reference, at=at)


def _model(kind: str) -> str:
    if kind not in MODELS:
        raise Invalid(_("Choisissez un modèle de la liste."), field="kind")
    return kind
