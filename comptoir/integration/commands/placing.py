"""One batch of a run: recognised, planned and written in one transaction, all or nothing (B9–B11, T05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from comptoir.bookings.commands import registering as bookings
from comptoir.bookings.commands.registering import NewBooking, Person
from comptoir.bookings.seats import Allotment
from comptoir.deals.commands import opening
from comptoir.deals.commands.opening import Hope, NewDeal
from comptoir.integration.models import Run, RunLine
from comptoir.integration.plan import Destination, plan
from comptoir.integration.reading import Recognised, candidates, closed_because, recognise
from comptoir.integration.states import Method, Place
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import Request, RequestLine, SpoolFile
from comptoir.preregistrations.queries.intake import lines_of
from comptoir.preregistrations.states import FileState, RequestState


@dataclass
class Batch:
    """The requests of one transaction with all that is known of them."""

    run: Run
    requests: Sequence[Request]
    lines: dict[int, list[RequestLine]]
    recognised: dict[int, Recognised]
    destinations: dict[int, Destination]
    seats: Allotment


def place(run: Run, requests: Sequence[Request], *, by: Actor, at: datetime) -> None:
    """Every request went where the plan says: bookings, deals, run lines and journal are written.

    Must run inside the caller's transaction, the requests being locked and still waiting.
    """
    batch = _planned(run, requests, at=at)
    booked = bookings.register_many(_bookings(batch), seated=batch.seats, by=by, at=at)
    dealt = opening.open_many(_deals(batch), by=by, at=at)
    RunLine.objects.bulk_create(_run_lines(batch, booked, dealt), batch_size=500)
    ids = [request.pk for request in requests]
    Request.objects.filter(pk__in=ids).update(state=RequestState.INTEGRATED, integrated_at=at)
    SpoolFile.objects.filter(request__in=ids).update(state=FileState.TO_ARCHIVE)
    journal.record_many(
        what="preregistration.integrated", abouts=[request.reference for request in requests], by=by, at=at
    )


def _planned(run: Run, requests: Sequence[Request], *, at: datetime) -> Batch:
    lines = lines_of([request.pk for request in requests])
    sessions = {line.session_id: line.session for group in lines.values() for line in group}
    recognised = recognise(requests, organisation_id=run.organisation_id)
    needs_seats = run.method != Method.DEALS
    seats = Allotment.of(sessions if needs_seats else (), locked=needs_seats)
    closed = {pk: closed_because(session, at=at) for pk, session in sessions.items()}
    found = plan(candidates(requests, recognised, lines, closed), Method(run.method), seats)
    return Batch(run, requests, lines, recognised, {one.request_id: one for one in found}, seats)


def _bookings(batch: Batch) -> list[NewBooking]:
    made = []
    for request in batch.requests:
        seated = set(batch.destinations[request.pk].seated)
        people = [_person(line) for line in batch.lines.get(request.pk, []) if line.pk in seated]
        if people:
            made.append(
                NewBooking(
                    request.reference, batch.recognised[request.pk].client_id, _contact(request), request.email,
                    request.phone, people, batch.run.level_id, language=request.language,
                )
            )  # fmt: skip
    return made


def _deals(batch: Batch) -> list[NewDeal]:
    made = []
    for request in batch.requests:
        destination = batch.destinations[request.pk]
        lines = [line for line in batch.lines.get(request.pk, []) if line.pk in set(destination.dealt)]
        if lines:
            made.append(_deal(batch, request, destination, lines))
    return made


def _deal(batch: Batch, request: Request, destination: Destination, lines: Sequence[RequestLine]) -> NewDeal:
    titles = list(dict.fromkeys(line.session.activity.title for line in lines))
    more = f" + {len(titles) - 1}" if len(titles) > 1 else ""
    return NewDeal(
        source=request.reference, title=f"{titles[0]}{more} – {request.legal_name}",
        chance=batch.run.organisation.default_chance, client_id=batch.recognised[request.pk].client_id,
        prospect_name=request.legal_name, contact_name=_contact(request), contact_email=request.email,
        contact_phone=request.phone, owner_id=batch.run.sales_rep_id, territory_id=batch.run.territory_id,
        why=destination.reason, hopes=[_hope(line) for line in lines],
    )  # fmt: skip


def _person(line: RequestLine) -> Person:
    return Person(
        line.session_id, line.seat_type_id, line.first_name, line.last_name, line.email, line.price_cents, line.vat_bp
    )


def _hope(line: RequestLine) -> Hope:
    return Hope(
        line.session_id, line.seat_type_id, line.first_name, line.last_name, line.email, line.price_cents, line.vat_bp
    )


def _contact(request: Request) -> str:
    return f"{request.first_name} {request.last_name}".strip()


def _run_lines(batch: Batch, booked: dict[str, tuple[int, str]], dealt: dict[str, tuple[int, str]]) -> list[RunLine]:
    nothing = (None, "")
    return [
        RunLine(
            run=batch.run, request=request, place=batch.destinations[request.pk].place,
            reason=batch.destinations[request.pk].reason[:300],
            match_reason=batch.recognised[request.pk].reason[:200],
            client_number=batch.recognised[request.pk].number if batch.recognised[request.pk].client_id else "",
            booking_id=booked.get(request.reference, nothing)[0], deal_id=dealt.get(request.reference, nothing)[0],
        )
        for request in batch.requests
    ]  # fmt: skip


def release(run: Run, refused: Sequence[tuple[Request, str]]) -> None:
    """Requests that could not be integrated wait again, unclaimed, and the run's lines say why."""
    RunLine.objects.bulk_create(
        [RunLine(run=run, request=one, place=Place.SKIPPED, reason=sentence[:300]) for one, sentence in refused]
    )
    Request.objects.filter(pk__in=[one.pk for one, _sentence in refused]).update(claim="")
