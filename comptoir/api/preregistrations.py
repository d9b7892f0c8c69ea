"""Requests and bookings from the organisation's own web site (B1): the same doors as the counter's last step."""

from typing import Any

from django.http import HttpRequest
from ninja import Header, Router, Status

from comptoir.api.door import Token
from comptoir.api.schemas import (
    BookedOut,
    BookingIn,
    GuestIn,
    ParticipantIn,
    PreregistrationIn,
    PreregistrationOut,
    Refused,
)
from comptoir.base.errors import Invalid
from comptoir.bookings.links import address_of
from comptoir.checkout import booking
from comptoir.checkout import commands as checkout
from comptoir.checkout.booking import Order
from comptoir.checkout.fates import Fate
from comptoir.organisations.states import Scope
from comptoir.preregistrations.submission import Participant, Requester, Submission

router = Router(tags=["preregistrations"], auth=Token(Scope.PREREGISTRATIONS_WRITE))
LONGEST_KEY = 60
ANSWERS = {
    200: PreregistrationOut, 201: PreregistrationOut, 401: dict[str, str], 403: Refused, 409: Refused, 422: Refused,
    503: Refused,
}  # fmt: skip


@router.post("/preregistrations", response=ANSWERS)
def preregister(
    request: HttpRequest, wanted: PreregistrationIn, idempotency_key: str = Header(..., alias="Idempotency-Key")
) -> Status[dict[str, Any]]:
    """One request, recorded, filed and confirmed. The same key and content again gives the same answer, 200."""
    done = checkout.submit(
        submission=_submission(wanted), token=_token(idempotency_key),
        by=request.actor, at=request.at,  # type: ignore[attr-defined]
    )  # fmt: skip
    return Status(201 if done.created else 200, {"reference": done.reference, "created": done.created})


@router.post("/bookings", response=ANSWERS | {200: BookedOut, 201: BookedOut})
def book(
    request: HttpRequest, wanted: BookingIn, idempotency_key: str = Header(..., alias="Idempotency-Key")
) -> Status[dict[str, Any]]:
    """One direct booking, its seats taken. The same key and content again gives the same answer, 200."""
    fate = Fate.WAIT if wanted.wait else Fate.BOOK
    order = Order(_submission(wanted), _token(idempotency_key), 0, fate, wanted.method)
    done = booking.book(order, by=request.actor, at=request.at)  # type: ignore[attr-defined]
    made = done.booking
    made.organisation = request.organisation  # type: ignore[attr-defined]
    answer = {
        "reference": made.reference, "created": done.created, "page": address_of(made), "owed_cents": made.owed_cents,
        "method": made.method, "held_until": made.held_until,
    }  # fmt: skip
    return Status(201 if done.created else 200, answer)


def _token(key: str) -> str:
    if not 8 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid("L’en-tête Idempotency-Key a de 8 à 60 caractères.", field="Idempotency-Key")
    return f"api:{key}"[:64]


def _submission(wanted: PreregistrationIn | BookingIn) -> Submission:
    client, contact = wanted.client, wanted.contact
    requester = Requester(
        legal_name=client.legal_name, kind=client.kind, siret=client.siret, client_number=client.number,
        address=client.address, postcode=client.postcode, city=client.city, first_name=contact.first_name,
        last_name=contact.last_name, email=contact.email, phone=contact.phone, message=wanted.message,
    )  # fmt: skip
    people = tuple(
        Participant(one.session, one.first_name, one.last_name, one.email, one.rate, _extras(one))
        for one in wanted.participants
    )
    return Submission(requester, people, wanted.terms_version, "api")


def _extras(one: ParticipantIn) -> tuple[tuple[int, int], ...]:
    taken = one.add_ons if isinstance(one, GuestIn) else {}
    return tuple((pk, count) for pk, count in sorted(taken.items()) if count)
