"""Feeding the spool from the organisation's own web site (B1): the same door as the counter's last step."""

from typing import Any

from django.http import HttpRequest
from ninja import Header, Router, Status

from comptoir.api.door import Token
from comptoir.api.schemas import PreregistrationIn, PreregistrationOut, Refused
from comptoir.base.errors import Invalid
from comptoir.checkout import commands as checkout
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
    if not 8 <= len(idempotency_key) <= LONGEST_KEY or not idempotency_key.isprintable():
        raise Invalid("L’en-tête Idempotency-Key a de 8 à 60 caractères.", field="Idempotency-Key")
    done = checkout.submit(
        submission=_submission(wanted), token=f"api:{idempotency_key}"[:64],
        by=request.actor, at=request.at,  # type: ignore[attr-defined]
    )  # fmt: skip
    return Status(201 if done.created else 200, {"reference": done.reference, "created": done.created})


def _submission(wanted: PreregistrationIn) -> Submission:
    client, contact = wanted.client, wanted.contact
    requester = Requester(
        legal_name=client.legal_name, kind=client.kind, siret=client.siret, client_number=client.number,
        address=client.address, postcode=client.postcode, city=client.city, first_name=contact.first_name,
        last_name=contact.last_name, email=contact.email, phone=contact.phone, message=wanted.message,
    )  # fmt: skip
    people = tuple(
        Participant(one.session, one.first_name, one.last_name, one.email, one.rate) for one in wanted.participants
    )
    return Submission(requester, people, wanted.terms_version, "api")
