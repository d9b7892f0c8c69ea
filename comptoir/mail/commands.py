"""Queue mails with what caused them, send what is due, send again, let go; change the words of a model."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import batched

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Invalid, Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.prepared import insert
from comptoir.base.text import clean_text
from comptoir.journal import commands as journal
from comptoir.mail import attachments, cleaning, drafts, parsing, queries, sending
from comptoir.mail.drafts import Desk, Draft
from comptoir.mail.fate import What, told
from comptoir.mail.kinds import KINDS
from comptoir.mail.models import MailModel, Message
from comptoir.mail.states import MailState
from comptoir.mail.wording.kind import Words
from comptoir.organisations.actors import Actor

ROWS_AT_ONCE = 500


class UnderWay(Refusal):
    """A sender has this mail in hand."""

    code = "mail-under-way"


class AlreadySent(Refusal):
    """The server has it: nothing can be called back."""

    code = "mail-already-sent"


class SecretMail(Refusal):
    """The mail carried a single-use link, which is not kept once it has left (E3)."""

    code = "secret-mail"


class StaleModel(Refusal):
    """Somebody else changed the model meanwhile."""

    code = "stale-model"


def queue(
    *,
    organisation_id: int,
    kind: str,
    key: str,
    to: Sequence[str],
    context: Mapping[str, str],
    about: str = "",
    at: datetime,
    reply_to: str = "",
    button: tuple[str, str] | None = None,
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
) -> int:
    """One mail leaves once the caller's transaction commits; answers its id. Same key again: same mail, nothing new.

    `context` has a text for each of the kind's variables (see `wording/`), shown as typed, never read as markup or as
    a variable. `button` is (words, address of ours). `reply_to` is the organisation's address when left out. An
    address nobody can write to refuses nothing: the mail is kept as refused, says so, and can be sent again.
    """
    draft = Draft(organisation_id, kind, key, to, context, about, reply_to, button, cc, bcc)
    queue_many([draft], at=at)
    return Message.objects.values_list("pk", flat=True).get(organisation_id=organisation_id, key=key)


@transaction.atomic(savepoint=False)
def queue_many(many: Iterable[Draft], *, at: datetime) -> None:
    """As `queue`, for thousands: words made ready once, rows written together. Keys already there are left alone."""
    desk = Desk()
    for some in batched(many, ROWS_AT_ONCE):  # so that no more than these are ever held in memory
        rows = [desk.row(draft, at=at) for draft in some]
        if len(rows) == 1:
            insert(rows, ignore_conflicts=True)
        else:
            Message.objects.bulk_create(rows, ignore_conflicts=True)
        attachments.enclose((row, draft.enclosed) for row, draft in zip(rows, some, strict=True))


def send_due(*, at: datetime, limit: int) -> Outcome[int]:
    """What is due has been offered to the SMTP server: done are the mails it took for everybody, skipped the others.

    Each mail's row says what was answered before the next is offered. A temporary answer or an absent server is tried
    again after 1, 5, 15, 60 minutes, then hourly, with the same Message-ID; a recipient refused for good is said on
    the desk. Several may run at once. A killed sender's mails leave 5 minutes later.
    """
    return sending.send_batch(at=at, limit=limit)


@transaction.atomic
def resend(message_id: int, *, by: Actor, at: datetime, to: Sequence[str] | None = None) -> None:
    """The mail leaves again (F5), to the corrected address where one is given (F4). One that waits leaves at once.

    Refuses: Missing, UnderWay, SecretMail, Invalid (`to` holds what is no address).
    """
    message = _own(message_id, by=by)
    if message.state == MailState.SENDING:
        raise UnderWay(_("Ce message est en train de partir\u00a0: attendez un instant."))
    if message.kind in KINDS and KINDS[message.kind].is_secret:
        raise SecretMail(_("Ce message portait un lien à usage unique\u00a0: demandez plutôt un nouveau lien."))
    changes = _corrected(message, to)
    if message.state == MailState.QUEUED and not changes:
        Message.objects.filter(pk=message.pk).update(next_at=at)
    else:
        _requeue(message, changes, by=by, at=at)
    journal.record(
        what="mail.resent", about=message.about, by=by, at=at, detail={"mail": message.pk, "changed": bool(changes)}
    )


def _requeue(message: Message, changes: dict[str, list[str]], *, by: Actor, at: datetime) -> None:
    for name, addresses in changes.items():
        setattr(message, name, addresses)
    message.message_id = drafts.new_message_id()
    message.state, message.queued_at, message.next_at = MailState.QUEUED, at, at
    message.attempts, message.is_stranded, message.last_error, message.sent_at = 0, False, "", None
    message.fate = told(message.fate, What.RESENT, at=at, by=by.name)
    drafts.refuse_addresses(message, [one for one in message.recipients if not cleaning.is_address(one)], at=at)
    message.save()


def _corrected(message: Message, to: Sequence[str] | None) -> dict[str, list[str]]:
    if to is None:
        return {}
    kept, wrong = cleaning.sorted_out(list(to))
    if wrong:
        raise Invalid(
            _("«\u202f%(address)s\u202f» n’est pas une adresse\u00a0: écrivez par exemple nom@exemple.fr.")
            % {"address": wrong[0]},
            field="to",
        )
    if not kept:
        raise Invalid(_("Indiquez au moins une adresse."), field="to")
    return {} if kept == message.to else {"to": kept}


@transaction.atomic
def cancel(message_id: int, *, by: Actor, at: datetime) -> None:
    """A mail that waits, or was refused, stays and leaves no more. Refuses: Missing, UnderWay, AlreadySent."""
    message = _own(message_id, by=by)
    if message.state == MailState.SENDING:
        raise UnderWay(_("Ce message est en train de partir\u00a0: attendez un instant."))
    if message.state == MailState.SENT:
        raise AlreadySent(_("Ce message est déjà parti."))
    if message.state == MailState.CANCELLED:
        return
    message.fate = told(message.fate, What.CANCELLED, at=at, by=by.name)
    message.state, message.next_at, message.secret = MailState.CANCELLED, None, ""
    message.save(update_fields=["state", "next_at", "secret", "fate"])
    journal.record(what="mail.cancelled", about=message.about, by=by, at=at, detail={"mail": message.pk})


def _own(message_id: int, *, by: Actor) -> Message:
    rows = Message.objects.select_for_update().filter(organisation_id=by.organisation_id, pk=message_id)
    message = rows.first() if by.works_intake else None
    if message is None:
        raise Missing(_("Ce message n’existe pas."))
    return message


def change_model(*, kind: str, language: str, subject: str, body: str, after: int, by: Actor, at: datetime) -> int:
    """The organisation's own words are in force for mails queued from now on; answers the version's number.

    `after` is the version that was read (0: none). Refuses: Forbidden, Missing, Invalid, UnknownVariable, StaleModel.
    """
    found = queries.mail_model(kind, language, seen_by=by).kind
    words = Words(clean_text(subject), clean_text(body))
    parsing.check(words, found, language)
    row = MailModel(kind=kind, language=language, subject=words.subject, body=words.body)
    return _add_version(row, after=after, by=by, at=at)


def restore_model(*, kind: str, language: str, after: int, by: Actor, at: datetime) -> int:
    """The product's own words are in force again, as one more version. Refuses: Forbidden, Missing, StaleModel."""
    words = queries.mail_model(kind, language, seen_by=by).kind.words(language)
    row = MailModel(kind=kind, language=language, subject=words.subject, body=words.body, is_default=True)
    return _add_version(row, after=after, by=by, at=at)


def bring_back_version(*, kind: str, language: str, version: int, after: int, by: Actor, at: datetime) -> int:
    """The words of an older version are in force again, as one more version: history keeps both.

    Refuses: Forbidden, Missing, StaleModel; Invalid and UnknownVariable where a variable it names is no more.
    """
    found = queries.mail_model(kind, language, seen_by=by).kind
    old = queries.versions(kind, language, seen_by=by).filter(version=version).first()
    if old is None:
        raise Missing(_("Cette version n’existe pas."))
    words = found.words(language) if old.is_default else Words(old.subject, old.body)
    parsing.check(words, found, language)
    row = MailModel(
        kind=kind, language=language, subject=words.subject, body=words.body, is_default=old.is_default
    )  # fmt: skip
    return _add_version(row, after=after, by=by, at=at, back_to=version)


@transaction.atomic
def _add_version(row: MailModel, *, after: int, by: Actor, at: datetime, back_to: int | None = None) -> int:
    if not by.is_administrator:
        raise Forbidden(_("Seul un administrateur change les modèles de mail."))
    latest = queries.mail_model(row.kind, row.language, seen_by=by).version
    if latest is not None and _is_same(latest, row, after, by):
        return latest.version
    if (latest.version if latest else 0) != after:
        raise StaleModel(_("Ce modèle vient d’être changé par quelqu’un d’autre\u00a0: relisez-le, puis recommencez."))
    row.organisation_id, row.version = by.organisation_id, after + 1
    row.written_at, row.written_by_id = at, by.user_id
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise StaleModel(
            _("Ce modèle vient d’être changé par quelqu’un d’autre\u00a0: relisez-le, puis recommencez.")
        ) from error
    journal.record(
        what="mail.model_changed",
        about=row.kind,
        by=by,
        at=at,
        detail={"language": row.language, "version": row.version} | ({"back_to": back_to} if back_to else {}),
    )
    return row.version


def _is_same(latest: MailModel, row: MailModel, after: int, by: Actor) -> bool:
    """Whether the last version is this very change, already made: a double click."""
    words = (latest.subject, latest.body, latest.is_default) == (row.subject, row.body, row.is_default)
    return words and latest.version == after + 1 and latest.written_by_id == by.user_id
