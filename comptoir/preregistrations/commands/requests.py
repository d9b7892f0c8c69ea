"""A request is recorded, its file is written, then it is confirmed: in that order, each step safe to repeat (B1).

A confirmation is only ever given once the file is whole on the disk. A cut at any point leaves either nothing,
or a recorded row that the same token, or the next round, carries to its end: one request, one file, one mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.money import Price
from comptoir.base.outcome import Outcome
from comptoir.base.speaking import spoken
from comptoir.base.tokens import new_reference
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, visitor
from comptoir.organisations.models import Organisation
from comptoir.preregistrations import payload
from comptoir.preregistrations.commands import announcing
from comptoir.preregistrations.folder import ready_spool_of, seal_key
from comptoir.preregistrations.models import Request, RequestLine, SpoolFile
from comptoir.preregistrations.states import FileState, RequestState
from comptoir.preregistrations.submission import Submission
from comptoir.preregistrations.typed import search_key
from comptoir.spool import seal, writer
from comptoir.spool.folders import file_name
from comptoir.spool.reader import digest_of

GRACE = timedelta(seconds=20)  # the process that recorded it is given this long to finish by itself


class TokenReused(Refusal):
    """The same form or idempotency key came back with another content (T21)."""

    code = "token-reused"


@dataclass(frozen=True)
class PricedLine:
    """One participant with what the server says about the session: its id, its rate, its price."""

    session_id: int
    seat_type_id: int | None
    shown: payload.LinePart


@dataclass(frozen=True)
class Priced:
    """A submission the server has priced: what will be recorded, to the cent."""

    submission: Submission
    lines: Sequence[PricedLine]
    total: Price
    terms_id: int | None
    client_id: int | None = None  # the signed-in client's, by the server (A4)
    client_number: str = ""


def known(token: str, digest: str, *, organisation_id: int) -> Request | None:
    """The request this token already made. Refuses: TokenReused, when its content was another."""
    found = Request.objects.filter(organisation_id=organisation_id, token=token).first()
    if found and found.content_digest != digest:
        raise TokenReused(
            _("Cette demande a déjà été envoyée avec un autre contenu\u00a0: recommencez depuis le panier.")
        )
    return found


def record(priced: Priced, *, token: str, by: Actor, at: datetime) -> tuple[int, bool]:
    """The request is in the database, its file still to write; answers its id, and whether it is new.

    Two at once with one token: one records, the other is given the same request. Refuses: TokenReused.
    """
    digest = priced.submission.digest()
    if found := known(token, digest, organisation_id=by.organisation_id):
        return found.pk, False
    try:
        with transaction.atomic():
            return _insert(priced, token, digest, by=by, at=at), True
    except IntegrityError:
        if found := known(token, digest, organisation_id=by.organisation_id):
            return found.pk, False
        raise


def _insert(priced: Priced, token: str, digest: str, *, by: Actor, at: datetime) -> int:
    organisation = Organisation.objects.get(pk=by.organisation_id)
    reference = new_reference("PR")
    typed = payload.build(
        priced.submission, [line.shown for line in priced.lines], priced.total, organisation=organisation.slug,
        reference=reference, authenticated=priced.client_number, recorded_at=at,
    )  # fmt: skip
    request = Request.objects.create(
        organisation=organisation, reference=reference, token=token, content_digest=digest, typed=typed,
        origin=priced.submission.origin, terms_id=priced.terms_id, authenticated_client_id=priced.client_id,
        net_cents=priced.total.net_cents, vat_cents=priced.total.vat_cents, recorded_at=at,
        search_key=search_key(typed), language=spoken(), **columns(priced.submission),
    )  # fmt: skip
    RequestLine.objects.bulk_create(_lines(request, priced.lines))
    SpoolFile.objects.create(
        organisation=organisation, request=request, name=file_name(at, reference), state=FileState.TO_WRITE
    )
    return request.pk


def columns(submission: Submission) -> dict[str, str]:
    """The requester's values as the columns staff may correct (B5)."""
    asked = submission.requester
    names = ("kind", "legal_name", "siret", "client_number", "address", "postcode", "city", "first_name", "last_name",
             "email", "phone", "message")  # fmt: skip
    return {name: getattr(asked, name) for name in names}


def _lines(request: Request, lines: Sequence[PricedLine]) -> list[RequestLine]:
    return [
        RequestLine(
            request=request, position=position, session_id=line.session_id, seat_type_id=line.seat_type_id,
            first_name=line.shown.first_name, last_name=line.shown.last_name, email=line.shown.email,
            price_cents=line.shown.price_cents, vat_bp=line.shown.vat_bp,
        )
        for position, line in enumerate(lines, 1)
    ]  # fmt: skip


def finish(request_id: int, *, at: datetime) -> str:
    """The file is whole in the spool, the request waits in the assistant, its mails are queued; answers its reference.

    Safe to call again, and by two at once. Refuses: SpoolUnavailable (nothing was confirmed to anybody).
    """
    request = Request.objects.select_related("organisation", "file", "terms").get(pk=request_id)
    if request.state != RequestState.RECORDED:
        return request.reference
    digest = write_file(request)
    with transaction.atomic():
        row = Request.objects.filter(pk=request.pk, state=RequestState.RECORDED)
        if not row.update(state=RequestState.PENDING, confirmed_at=at):
            return request.reference
        SpoolFile.objects.filter(request=request).update(state=FileState.IN_SPOOL, digest=digest)
        announcing.announce(request, at=at)
        journal.record(
            what="preregistration.confirmed", about=request.reference, by=visitor(request.organisation_id), at=at
        )
    return request.reference


def write_file(request: Request) -> str:
    """The request's file lies whole in the inbox, byte for byte what it always was; answers its SHA-256."""
    content = seal.encode(request.typed, seal_key(request.organisation))
    writer.write_whole(ready_spool_of(request.organisation), request.file.name, content)
    return digest_of(content)


def finish_recorded(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """What a killed process left recorded is carried to its end; what the disk refuses is tried next time."""
    outcome: Outcome[str] = Outcome()
    left_alone = Request.objects.filter(state=RequestState.RECORDED, recorded_at__lte=at - GRACE)
    unfinished = left_alone.order_by("recorded_at")[:limit]
    for pk, reference in list(unfinished.values_list("pk", "reference")):
        try:
            outcome.done.append(finish(pk, at=at))
        except Refusal as refusal:
            outcome.skip(reference, refusal)
    return outcome
