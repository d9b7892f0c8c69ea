"""What goes with mails: files kept once and shared by many, papers typeset for each as it leaves (ADR 0020)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet

from comptoir.base.typeset import typeset
from comptoir.mail.models import Attachment, Enclosure, Message

PAPERS = {"convocation": Path(__file__).with_name("papers") / "convocation.typ"}
PDF = "application/pdf"
CALENDAR, CALENDAR_TYPE = "calendar", "text/calendar"
GAP = "X-COMPTOIR-ATTENDEE:1"  # the line of a calendar that each mail's own takes the place of


@dataclass(frozen=True)
class Enclosed:
    """An attachment in one mail: its name there, and what a paper says to this reader alone."""

    attachment_id: int
    name: str = ""
    own: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """What leaves with a mail."""

    name: str
    media_type: str
    content: bytes


def keep_file(file: File, *, organisation_id: int, about: str, at: datetime) -> int:
    """The file is kept for the mails to come; answers its id. In the caller's transaction."""
    made = Attachment.objects.create(
        organisation_id=organisation_id, about=about, name=file.name, media_type=file.media_type, content=file.content,
        size=len(file.content), created_at=at,
    )  # fmt: skip
    return made.pk


def keep_paper(
    paper: str, *, name: str, shared: Mapping[str, object], organisation_id: int, about: str, at: datetime
) -> int:
    """What a paper says to everybody is kept, as it is now; answers its id. In the caller's transaction."""
    made = Attachment.objects.create(
        organisation_id=organisation_id, about=about, name=name, media_type=PDF, paper=paper, shared=dict(shared),
        created_at=at,
    )  # fmt: skip
    return made.pk


def keep_calendar(*, name: str, text: str, organisation_id: int, about: str, at: datetime) -> int:
    """An iTIP object is kept for many, each of whom it names as its mail leaves: `own["attendee"]` instead of GAP."""
    made = Attachment.objects.create(
        organisation_id=organisation_id, about=about, name=name, media_type=CALENDAR_TYPE, paper=CALENDAR,
        shared={"calendar": text}, created_at=at,
    )  # fmt: skip
    return made.pk


def kept(about: str, *, organisation_id: int) -> QuerySet[Attachment]:
    """What is kept for one thing, oldest first, without the bytes."""
    return Attachment.objects.filter(organisation_id=organisation_id, about=about).defer("content").order_by("pk")


def remove(attachment_id: int, *, about: str, organisation_id: int) -> None:
    """An attachment that no mail carries yet is gone; one that is not there already was."""
    kept(about, organisation_id=organisation_id).filter(pk=attachment_id).delete()


def forget(about: str, *, organisation_id: int) -> None:
    """All that was kept for one thing is gone, from its mails as well. In the caller's transaction."""
    rows = kept(about, organisation_id=organisation_id)
    Enclosure.objects.filter(attachment__in=rows.order_by().values("pk")).delete()
    rows.delete()


def enclose(many: Iterable[tuple[Message, Sequence[Enclosed]]]) -> None:
    """These mails, just written, carry these attachments; what they carry already is left alone."""
    wanted = [(row, enclosed) for row, enclosed in many if enclosed]
    if not wanted:
        return
    found = Message.objects.filter(message_id__in=[row.message_id for row, _enclosed in wanted])
    ids = dict(found.values_list("message_id", "pk"))  # a mail that was there already has another: it keeps its own
    Enclosure.objects.bulk_create(
        Enclosure(
            message_id=ids[row.message_id], attachment_id=one.attachment_id, position=position, name=one.name,
            own=dict(one.own),
        )
        for row, enclosed in wanted
        if row.message_id in ids
        for position, one in enumerate(enclosed)
    )  # fmt: skip


def files_of(message: Message) -> list[File]:
    """What leaves with this mail, in its order. Raises typeset.NotTypeset: the mail is then tried again."""
    rows = Enclosure.objects.filter(message=message).select_related("attachment").order_by("position")
    return [file_of(row) for row in rows]


def names_of(message: Message) -> list[str]:
    """What goes with this mail, by name."""
    rows = Enclosure.objects.filter(message=message).order_by("position")
    return [own or name for own, name in rows.values_list("name", "attachment__name")]


def paper(code: str, shared: Mapping[str, object], own: Mapping[str, object]) -> bytes:
    """The PDF, or the calendar, of one paper for one reader. Raises typeset.NotTypeset."""
    if code == CALENDAR:
        return str(shared["calendar"]).replace(GAP, str(own["attendee"])).encode()
    return typeset(PAPERS[code], {**shared, **own})


def file_of(row: Enclosure) -> File:
    """What leaves under this enclosure, made again if it is a paper. Raises typeset.NotTypeset."""
    kind = row.attachment
    content = paper(kind.paper, kind.shared, row.own) if kind.paper else bytes(kind.content)
    return File(row.name or kind.name, kind.media_type, content)
