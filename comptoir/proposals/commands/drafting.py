"""Begin a proposal to clients of a session, write it, attach files, let it go. A draft is its author's alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.base.outcome import Outcome
from comptoir.base.speaking import FRENCH
from comptoir.base.text import clean_line, clean_text
from comptoir.base.tokens import new_reference
from comptoir.catalogue import hours
from comptoir.catalogue.models import Session
from comptoir.journal import commands as journal
from comptoir.mail import attachments
from comptoir.mail import files as mail_files
from comptoir.mail.parsing import LONGEST_BODY, LONGEST_SUBJECT
from comptoir.mail.queries import words_in_force
from comptoir.mail.wording.proposals import PROPOSAL
from comptoir.organisations.actors import Actor
from comptoir.proposals import people, queries
from comptoir.proposals.commands.clients import check_planned
from comptoir.proposals.commands.rows import locked_session
from comptoir.proposals.models import Sending
from comptoir.proposals.states import SendingState

MOST = 5_000  # clients one sending goes to
MOST_COPIES = 20  # addresses in copy
USUAL = timedelta(days=7)  # to answer, unless the session begins before
KEPT = timedelta(days=30)  # a draft nobody touches
EVENING = time(18)


@dataclass(frozen=True)
class Written:
    """What the author typed. The deadline is a day and an hour on the wall of the session's place."""

    subject: str
    body: str
    deadline: tuple[date, time] | None = None
    to: Mapping[int, str] = field(default_factory=dict)  # client → addresses, where the main contact's is changed
    cc: str = ""
    bcc: str = ""
    file: tuple[str, bytes] | None = None  # its name, as sent, and its bytes


@transaction.atomic
def begin_proposal(*, session_id: int, client_ids: Collection[int] | None = None, by: Actor, at: datetime) -> int:
    """A draft for these clients, or for all of the session, holds the words in force and a deadline; answers its id.

    Refuses: Missing, Forbidden, NotPlanned (D1), SessionOff, Invalid (nobody chosen, or too many).
    """
    session = locked_session(session_id, by=by)
    check_planned(session)
    mine = queries.client_ids(session)
    chosen = sorted(mine if client_ids is None else mine.intersection(client_ids))
    if not chosen:
        raise Invalid(_("Choisissez au moins un client de cette session."))
    if len(chosen) > MOST:
        raise Invalid(_("Choisissez au plus %(n)s clients à la fois.") % {"n": MOST})
    words = words_in_force(PROPOSAL.code, FRENCH, organisation_id=by.organisation_id)
    made = Sending.objects.create(
        organisation_id=by.organisation_id, session=session, reference=new_reference("EP"), chosen=chosen,
        subject=words.subject, body=words.body, deadline_at=_usual_deadline(session, at), by_user_id=by.user_id,
        by_name=by.name, changed_at=at,
    )  # fmt: skip
    return made.pk


@transaction.atomic
def change_draft(*, sending_id: int, written: Written, by: Actor, at: datetime) -> None:
    """The draft says this, right or wrong: it is judged when it is sent.

    Refuses: Missing, Invalid (too long, an hour that does not exist), NotAttachable on `file`.
    """
    put(own_draft(sending_id, by=by), written, at=at)


@transaction.atomic
def detach_file(*, sending_id: int, attachment_id: int, by: Actor) -> None:
    """The file will not go. Refuses: Missing."""
    row = own_draft(sending_id, by=by)
    if not queries.files(row).filter(pk=attachment_id).exists():
        raise Missing(_("Ce fichier n’est plus joint."))
    attachments.remove(attachment_id, about=row.reference, organisation_id=by.organisation_id)


@transaction.atomic
def discard_draft(*, sending_id: int, by: Actor, at: datetime) -> None:
    """The draft and its files are gone. Refuses: Missing."""
    row = own_draft(sending_id, by=by)
    attachments.forget(row.reference, organisation_id=by.organisation_id)
    reference = row.session.reference
    row.delete()
    journal.record(what="proposal.discarded", about=reference, by=by, at=at)


def forget_old(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """Drafts nobody has touched for thirty days are gone, with their files (a round)."""
    outcome: Outcome[str] = Outcome()
    old = Sending.objects.filter(state=SendingState.DRAFT, changed_at__lt=at - KEPT).order_by("changed_at", "pk")
    for pk in list(old.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            for row in old.select_for_update(skip_locked=True).filter(pk=pk):  # none, if it was just touched
                attachments.forget(row.reference, organisation_id=row.organisation_id)
                row.delete()
                outcome.done.append(row.reference)
    return outcome


def own_draft(sending_id: int, *, by: Actor) -> Sending:
    """The author's draft, locked. Refuses: Missing."""
    rows = queries.sendings(seen_by=by).filter(state=SendingState.DRAFT, by_user_id=by.user_id)
    row = rows.select_for_update(of=("self",)).select_related("session__activity", "organisation").filter(pk=sending_id)
    found = row.first()
    if found is None:
        raise Missing(_("Ce brouillon n’existe pas, ou la proposition est déjà partie."))
    return found


def put(row: Sending, written: Written, *, at: datetime) -> None:
    """What was typed is in the row. Refuses: Invalid, each at its field; NotAttachable on `file`."""
    subject, body = clean_text(written.subject), clean_text(written.body)
    too_long = _("Ce texte est trop long\u00a0: %(longest)d caractères au plus.")
    wrong: list[Refusal] = [
        Invalid(too_long % {"longest": longest}, field=name)
        for name, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY))
        if len(text) > longest
    ]
    try:
        row.deadline_at = moment_there(written.deadline, row.session)
    except Invalid as refusal:
        wrong.append(refusal)
    refuse_all(wrong)
    row.subject, row.body, row.changed_at = subject, body, at
    row.cc, row.bcc = clean_line(written.cc), clean_line(written.bcc)
    row.to = {str(pk): clean_line(text) for pk, text in written.to.items() if pk in row.chosen}
    row.save(update_fields=["subject", "body", "deadline_at", "cc", "bcc", "to", "changed_at"])
    if written.file is not None:
        file = mail_files.checked(*written.file)
        mail_files.require_room(queries.files(row), len(file.content))
        attachments.keep_file(file, organisation_id=row.organisation_id, about=row.reference, at=at)


def addresses_wrong(row: Sending, found: people.Sorted) -> list[Refusal]:
    """What is no address among the recipients and the copies, each at its field."""
    said = _("«\u202f%(address)s\u202f» n’est pas une adresse\u00a0: écrivez par exemple nom@exemple.fr.")
    wrong: list[Refusal] = [
        Invalid(said % {"address": one}, field=f"to_{pk}" if pk in map(int, row.to) else "")
        for pk, one in found.wrong.items()
    ]
    for name, text in (("cc", row.cc), ("bcc", row.bcc)):
        known, bad = people.addresses(text)
        if bad:
            wrong.append(Invalid(said % {"address": bad[0]}, field=name))
        elif len(known) > MOST_COPIES:
            wrong.append(Invalid(_("Au plus %(n)s adresses en copie.") % {"n": MOST_COPIES}, field=name))
    return wrong


def moment_there(wall: tuple[date, time] | None, session: Session) -> datetime | None:
    """That day and hour where the session is held, in UTC. Refuses: Invalid where clocks jump over it."""
    if wall is None:
        return None
    day, clock = wall
    found = hours.moment(day, clock, session.time_zone)
    if found is None:
        raise Invalid(_("Cette heure n’existe pas\u00a0: la nuit où l’on passe à l’heure d’été."), field="deadline")
    return found


def _usual_deadline(session: Session, at: datetime) -> datetime | None:
    """A week on, at six in the evening there; the evening before where the session begins sooner; else none."""
    zone = ZoneInfo(session.time_zone)
    last = session.begins_at.astimezone(zone).date() - timedelta(days=1)
    day = min((at + USUAL).astimezone(zone).date(), last)
    found = hours.moment(day, EVENING, session.time_zone)
    return found if found is not None and found > at else None
