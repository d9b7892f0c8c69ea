"""Requests made ready for the rule: their client, recognised or chosen, and the state of their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionState
from comptoir.clients.matching import Match, matches
from comptoir.clients.models import Client
from comptoir.clients.states import Certainty
from comptoir.integration.plan import Candidate, Wanted
from comptoir.preregistrations.identity import identity_of
from comptoir.preregistrations.models import Request, RequestLine


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who the client is, how sure, and why. `client_id` is the one a run acts on; None when not sure enough."""

    client_id: int | None
    number: str
    legal_name: str
    certainty: str
    reason: str
    proposed_id: int | None  # the client proposed, sure or not
    is_signed_in: bool
    is_by_hand: bool


UNKNOWN = Recognised(None, "", "", Certainty.NONE, "", None, is_signed_in=False, is_by_hand=False)
FIELDS = (
    "pk", "reference", "kind", "legal_name", "siret", "client_number", "address", "postcode", "city", "first_name",
    "last_name", "email", "phone", "message", "net_cents", "vat_cents", "authenticated_client", "chosen_client",
    "organisation", "state", "claim", "language",
)  # fmt: skip
FILE_FIELDS = ("file__name", "file__state", "file__digest", "file__reason", "file__request")


def recognise(requests: Sequence[Request], *, organisation_id: int) -> dict[int, Recognised]:
    """The client of each request: by hand, else signed in, else recognised (B6, B7). Constant queries."""
    decided = {request.pk: _client_id(request) for request in requests if _client_id(request)}
    known = Client.objects.only("number", "legal_name").in_bulk(set(decided.values()))
    found = {request.pk: _decided(request, known[decided[request.pk]]) for request in requests if request.pk in decided}
    open_ones = [request for request in requests if request.pk not in found]
    recognised = matches([identity_of(request) for request in open_ones], organisation_id=organisation_id)
    for request, match in zip(open_ones, recognised, strict=True):
        found[request.pk] = _matched(match) if match else UNKNOWN
    return found


def _client_id(request: Request) -> int | None:
    return request.chosen_client_id or request.authenticated_client_id


def _decided(request: Request, client: Client) -> Recognised:
    by_hand = request.chosen_client_id is not None
    signed_in = request.authenticated_client_id == client.pk
    reason = _("choisi à la main") if by_hand else _("client connecté à son espace")
    return Recognised(
        client.pk, client.number, client.legal_name, Certainty.CERTAIN, reason, client.pk,
        is_signed_in=signed_in, is_by_hand=by_hand,
    )  # fmt: skip


def _matched(match: Match) -> Recognised:
    sure = match.client_id if match.is_certain else None
    return Recognised(
        sure, match.number, match.legal_name, match.certainty, match.reason, match.client_id,
        is_signed_in=False, is_by_hand=False,
    )  # fmt: skip


def candidates(
    requests: Sequence[Request],
    recognised: dict[int, Recognised],
    lines: dict[int, list[RequestLine]],
    closed: dict[int, str],
) -> list[Candidate]:
    """The requests as the rule sees them. `closed`: session id → why nobody can be put there."""
    return [
        Candidate(
            request.pk, recognised[request.pk].client_id, recognised[request.pk].is_signed_in,
            recognised[request.pk].reason,
            [
                Wanted(line.pk, line.session_id, line.seat_type_id, line.session.reference, closed[line.session_id])
                for line in lines.get(request.pk, [])
            ],
        )
        for request in requests
    ]  # fmt: skip


def closed_because(session: Session, *, at: datetime) -> str:
    """Why nobody can be put on this session by the assistant; '' when one can (B11). Staff may fill a draft."""
    if session.state == SessionState.CANCELLED:
        return _("session annulée")
    if session.state == SessionState.CLOSED:
        return _("session close")
    if session.ends_on < at.date():
        return _("session passée")
    return ""
