"""Many confirmed requests at once, with their sealed files, for benches and load tests: a counter's own rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from comptoir.base.money import price
from comptoir.base.tokens import new_reference, new_token
from comptoir.catalogue.models import Session
from comptoir.organisations.models import Organisation
from comptoir.preregistrations import payload
from comptoir.preregistrations.commands.requests import columns
from comptoir.preregistrations.folder import ready_spool_of, seal_key
from comptoir.preregistrations.models import Request, RequestLine, SpoolFile
from comptoir.preregistrations.states import FileState, RequestState
from comptoir.preregistrations.submission import Participant, Requester, Submission
from comptoir.preregistrations.typed import search_key
from comptoir.spool import seal
from comptoir.spool.folders import file_name
from comptoir.spool.reader import digest_of


@dataclass(frozen=True)
class Seed:
    """One request to invent: who asks, for which session, for how many people."""

    legal_name: str
    email: str
    city: str
    session: str
    people: int


def seed(seeds: Sequence[Seed], *, organisation_id: int, at: datetime) -> None:
    """The requests wait, confirmed, their files whole in the spool (without waiting for the disk, nor any mail)."""
    organisation = Organisation.objects.get(pk=organisation_id)
    wanted = {one.session for one in seeds}
    found = Session.objects.filter(organisation=organisation, reference__in=wanted).select_related("activity")
    sessions = {one.reference: one for one in found}
    spool, key = ready_spool_of(organisation), seal_key(organisation)
    made = [_request(one, sessions[one.session], organisation, at=at) for one in seeds]
    files = []
    for request in made:
        content = seal.encode(request.typed, key)
        name = file_name(at, request.reference)
        (spool.inbox / name).write_bytes(content)
        files.append((name, digest_of(content)))
    with transaction.atomic():
        Request.objects.bulk_create(made)
        RequestLine.objects.bulk_create(
            line
            for request, one in zip(made, seeds, strict=True)
            for line in _lines(request, sessions[one.session], one.people)
        )
        SpoolFile.objects.bulk_create(
            SpoolFile(organisation=organisation, request=request, name=name, digest=digest, state=FileState.IN_SPOOL)
            for request, (name, digest) in zip(made, files, strict=True)
        )


def _request(one: Seed, session: Session, organisation: Organisation, *, at: datetime) -> Request:
    requester = Requester(
        legal_name=one.legal_name, first_name="Claire", last_name="Lefèvre", email=one.email, city=one.city
    )
    people = tuple(Participant(session.reference, "Hugo", f"Marchand {n}") for n in range(one.people))
    submission = Submission(requester, people, None, "api")
    total = price(session.price_cents, session.vat_bp, one.people)
    reference = new_reference("PR")
    shown = [
        payload.LinePart(
            session=session.reference, activity=session.activity.title, starts_on=session.starts_on.isoformat(),
            seat_type="", first_name=person.first_name, last_name=person.last_name, email="",
            price_cents=session.price_cents, vat_bp=session.vat_bp,
        )
        for person in people
    ]  # fmt: skip
    typed = payload.build(
        submission, shown, total, organisation=organisation.slug, reference=reference, authenticated="", recorded_at=at
    )
    return Request(
        organisation=organisation, reference=reference, token=new_token(), content_digest=submission.digest(),
        typed=typed, search_key=search_key(typed), origin=submission.origin, state=RequestState.PENDING,
        recorded_at=at, confirmed_at=at,
        net_cents=total.net_cents, vat_cents=total.vat_cents, **columns(submission),
    )  # fmt: skip


def _lines(request: Request, session: Session, people: int) -> list[RequestLine]:
    return [
        RequestLine(
            request=request, position=n + 1, session=session, first_name="Hugo", last_name=f"Marchand {n}",
            price_cents=session.price_cents, vat_bp=session.vat_bp,
        )
        for n in range(people)
    ]  # fmt: skip
