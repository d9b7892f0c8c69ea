"""What the outbox holds, and the words in force. Messages are for those who work the intake; managers see none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.base.prepared import Prepared
from comptoir.mail.kinds import KINDS
from comptoir.mail.models import MailModel, Message
from comptoir.mail.render import Compiled, compiled, look_of
from comptoir.mail.states import MailState
from comptoir.mail.wording.kind import LANGUAGES, Kind, Words
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor

SLOW = timedelta(minutes=15)  # a queue whose oldest mail has waited longer is ill (/health)


def messages(*, seen_by: Actor, state: str = "", kind: str = "", text: str = "") -> QuerySet[Message]:
    """The organisation's mails, newest first, without bodies. `text` is looked for in address, subject, reference."""
    if not seen_by.works_intake:
        return Message.objects.none()
    rows = Message.objects.filter(organisation_id=seen_by.organisation_id).defer(
        "text", "html", "secret", "values", "fate"
    )
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if text := text.strip():
        rows = rows.annotate(addresses=Cast("to", TextField()))
        rows = rows.filter(Q(addresses__icontains=text) | Q(subject__icontains=text) | Q(about__iexact=text))
    return rows.order_by("-id")


def message(message_id: int, *, seen_by: Actor) -> Message:
    """One mail with its bodies and its history. Refuses: Missing."""
    row = None
    if seen_by.works_intake:
        row = Message.objects.filter(organisation_id=seen_by.organisation_id, pk=message_id).first()
    if row is None:
        raise Missing(_("Ce message n’existe pas."))
    return row


def ids_of(keys: Collection[str], *, organisation_id: int) -> dict[str, int]:
    """Key → the id of its mail, for those that were queued; a query for each thousand."""
    found: dict[str, int] = {}
    for some in batched(keys, 1000):
        rows = Message.objects.filter(organisation_id=organisation_id, key__in=some)
        found |= dict(rows.values_list("key", "pk"))
    return found


def of(about: str, *, seen_by: Actor) -> QuerySet[Message]:
    """The mails about one thing (its reference), newest first."""
    return messages(seen_by=seen_by).filter(about=about)


def told(about: str, *, organisation_id: int) -> QuerySet[Message]:
    """The mails about one person, newest first, without bodies: for that person's own page."""
    rows = Message.objects.filter(organisation_id=organisation_id, about=about)
    return rows.only("pk", "subject", "state", "queued_at", "to").order_by("-pk")


def counts(*, seen_by: Actor) -> dict[str, int]:
    """How many mails in each state, states without any included."""
    found = messages(seen_by=seen_by).order_by().values("state").annotate(count=Count("pk"))
    return dict.fromkeys(MailState.values, 0) | {row["state"]: row["count"] for row in found}


def refused_count(*, seen_by: Actor) -> int:
    """How many mails wait for somebody to mend an address or let go: the number on the desk's rail."""
    return messages(seen_by=seen_by, state=MailState.REFUSED).count()


@dataclass(frozen=True)
class Backlog:
    """The whole deployment's outbox, without anything personal (/health)."""

    waiting: int
    oldest_due_at: datetime | None
    is_slow: bool


def backlog(*, at: datetime) -> Backlog:
    """How many mails wait, and whether the oldest has waited too long since it was written."""
    rows = Message.objects.filter(next_at__isnull=False)
    oldest = rows.order_by("queued_at").values_list("queued_at", flat=True).first()
    return Backlog(rows.count(), oldest, oldest is not None and at - oldest > SLOW)


def kind_named(code: str) -> Kind:
    """The kind of mail of that code. Refuses: Missing."""
    if code not in KINDS:
        raise Missing(_("Ce modèle de mail n’existe pas."))
    return KINDS[code]


_LATEST: Prepared[MailModel] = Prepared(
    lambda kind, language, organisation: _versions(kind, language, organisation).select_related(None)[:1]
)


def words_in_force(kind: str, language: str, *, organisation_id: int) -> Words:
    """The organisation's own words for this kind of mail, or the product's."""
    latest = _LATEST.first(kind=kind, language=language, organisation=organisation_id)
    if latest is None or latest.is_default:
        return KINDS[kind].words(language)
    return Words(latest.subject, latest.body)


@dataclass(frozen=True)
class InForce:
    """One model as listed: the kind, the language, and the version in force (None: never changed)."""

    kind: Kind
    language: str
    version: MailModel | None

    @property
    def is_own(self) -> bool:
        """Whether the organisation's own words are used."""
        return self.version is not None and not self.version.is_default

    @property
    def number(self) -> int:
        """The version's number; 0 when never changed."""
        return self.version.version if self.version else 0

    @property
    def words(self) -> Words:
        """The words that leave today."""
        if self.version is None or self.version.is_default:
            return self.kind.words(self.language)
        return Words(self.version.subject, self.version.body)


def mail_models(*, seen_by: Actor) -> list[InForce]:
    """Every kind in every language with what is in force, in the product's order."""
    newer = MailModel.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        kind=OuterRef("kind"),
        language=OuterRef("language"),
        version__gt=OuterRef("version"),
    )
    rows = MailModel.objects.filter(~Exists(newer), organisation_id=seen_by.organisation_id).select_related(
        "written_by"
    )
    latest = {(row.kind, row.language): row for row in rows}
    return [InForce(kind, one, latest.get((kind.code, one))) for kind in KINDS.values() for one in LANGUAGES]


def mail_model(kind: str, language: str, *, seen_by: Actor) -> InForce:
    """What is in force for one kind in one language. Refuses: Missing."""
    found = kind_named(kind)
    if language not in LANGUAGES:
        raise Missing(_("Ce modèle de mail n’existe pas dans cette langue."))
    return InForce(found, language, _versions(kind, language, seen_by.organisation_id).first())


def versions(kind: str, language: str, *, seen_by: Actor) -> QuerySet[MailModel]:
    """Every version of a model, newest first, with its author."""
    return _versions(kind, language, seen_by.organisation_id)


def preview(kind: Kind, language: str, words: Words, *, seen_by: Actor) -> Compiled:
    """These words in the organisation's frame, ready for sample values."""
    return compiled(look_of(organisations.organisation(seen_by.organisation_id)), words, kind.code, language)


def real_values(kind: Kind, language: str, *, seen_by: Actor) -> Message | None:
    """The latest mail of that kind and language with a value for each variable: what a preview is filled with (D5)."""
    recent = (
        messages(seen_by=seen_by, kind=kind.code)
        .filter(language=language)
        .defer("text", "html", "secret", "fate")
        .exclude(values={})[:5]
    )
    codes = {one.code for one in kind.variables}
    return next((one for one in recent if codes <= one.values.keys()), None)


def _versions(kind: str, language: str, organisation_id: int) -> QuerySet[MailModel]:
    rows = MailModel.objects.filter(organisation_id=organisation_id, kind=kind, language=language)
    return rows.select_related("written_by").order_by("-version")
