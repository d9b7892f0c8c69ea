"""Where each request goes, and why: one pure rule, so that the dry run and the run cannot differ (B9–B11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from comptoir.integration.states import Method, Place


@dataclass(frozen=True, slots=True)
class Wanted:
    """One participant of a request: which session, which rate, and why nobody can be put there ('' when one can)."""

    line_id: int
    session_id: int
    seat_type_id: int | None
    session_name: str
    closed_because: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One request as the rule sees it. `client_id` is None when no client is sure enough."""

    request_id: int
    client_id: int | None
    is_signed_in: bool
    match_reason: str
    wanted: Sequence[Wanted]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where one request goes: lines that get a seat, lines that make a deal, and the sentence saying why."""

    request_id: int
    place: Place
    reason: str
    seated: tuple[int, ...]  # line ids
    dealt: tuple[int, ...]


class Seats(Protocol):
    """Seats that can be taken: the real ones under lock, or a count of them for the dry run."""

    def take(self, session_id: int, seat_type_ids: Sequence[int | None]) -> bool:
        """Take them all, or none."""


def plan(candidates: Iterable[Candidate], method: Method, seats: Seats) -> Iterator[Destination]:
    """The destination of each request, in order: first come, first seated. Reads and writes nothing but `seats`."""
    for one in candidates:
        if sentence := _deal_because(one, method):
            yield Destination(one.request_id, Place.DEAL, sentence, (), tuple(line.line_id for line in one.wanted))
        else:
            yield _seated(one, seats)


def _deal_because(one: Candidate, method: Method) -> str:
    """Why the method sends the whole request to the pipeline; '' when it may go into sessions."""
    match method, one.client_id, one.is_signed_in:
        case Method.DEALS, _client, _signed:
            return _("méthode\u00a0: un dossier commercial pour chaque demande")
        case Method.IDENTIFIED, None, _signed:
            return _("client non identifié")
        case Method.AUTHENTICATED, None, _signed:
            return _("client inconnu")
        case Method.AUTHENTICATED, _client, False:
            return _("client connu, mais demande faite sans se connecter")
    return ""


def _seated(one: Candidate, seats: Seats) -> Destination:
    """Session by session: its people all get a seat, or all go to the deal (a session full, closed or cancelled)."""
    by_session: dict[int, list[Wanted]] = {}
    for line in one.wanted:
        by_session.setdefault(line.session_id, []).append(line)
    seated: list[int] = []
    dealt: list[int] = []
    whys: list[str] = []
    for session_id, lines in by_session.items():
        why = lines[0].closed_because or _full(session_id, lines, seats)
        (dealt if why else seated).extend(line.line_id for line in lines)
        if why:
            whys.append(f"{lines[0].session_name} : {why}")
    place = Place.SESSION if not dealt else Place.DEAL if not seated else Place.BOTH
    return Destination(one.request_id, place, " ; ".join(whys) or one.match_reason, tuple(seated), tuple(dealt))


def _full(session_id: int, lines: Sequence[Wanted], seats: Seats) -> str:
    return "" if seats.take(session_id, [line.seat_type_id for line in lines]) else _("complet")
