"""The content of a spool file, from a request to JSON and back (product.md §4)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from comptoir.base.money import Price
from comptoir.preregistrations.submission import Submission
from comptoir.spool.parsing import Unreadable
from comptoir.spool.seal import FORMAT


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ClientPart(_Part):
    """Who would pay."""

    kind: str
    legal_name: str = Field(min_length=1, max_length=200)
    siret: str = Field(max_length=20)
    number: str = Field(max_length=20)
    address: str = Field(max_length=250)
    postcode: str = Field(max_length=10)
    city: str = Field(max_length=80)


class ContactPart(_Part):
    """Who asks."""

    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    email: str = Field(max_length=254)
    phone: str = Field(max_length=30)


class LinePart(_Part):
    """One participant on one session; cents without VAT, VAT in basis points."""

    session: str
    activity: str
    starts_on: str
    seat_type: str
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    email: str = Field(max_length=254)
    price_cents: int = Field(ge=0)
    vat_bp: int = Field(ge=0)


class TotalPart(_Part):
    """Sum of the lines, in cents."""

    net_cents: int
    vat_cents: int
    gross_cents: int


class Payload(_Part):
    """One request, whole. `authenticated` holds the client number the server knew, else nothing (A4)."""

    format: str
    organisation: str
    reference: str
    recorded_at: str
    origin: str
    authenticated: str
    terms_version: int | None
    client: ClientPart
    contact: ContactPart
    message: str
    lines: list[LinePart] = Field(min_length=1)
    total: TotalPart
    seal: str = ""


def build(
    submission: Submission,
    lines: Sequence[LinePart],
    total: Price,
    *,
    organisation: str,
    reference: str,
    authenticated: str,
    recorded_at: datetime,
) -> dict[str, object]:
    """The payload as plain values, without its seal: what the spool file says and the request keeps as typed."""
    asked = submission.requester
    return Payload(
        format=FORMAT, organisation=organisation, reference=reference, recorded_at=recorded_at.isoformat(),
        origin=submission.origin, authenticated=authenticated, terms_version=submission.terms_version,
        client=ClientPart(
            kind=asked.kind, legal_name=asked.legal_name, siret=asked.siret, number=asked.client_number,
            address=asked.address, postcode=asked.postcode, city=asked.city,
        ),
        contact=ContactPart(
            first_name=asked.first_name, last_name=asked.last_name, email=asked.email, phone=asked.phone
        ),
        message=asked.message, lines=list(lines),
        total=TotalPart(net_cents=total.net_cents, vat_cents=total.vat_cents, gross_cents=total.gross_cents),
    ).model_dump(exclude={"seal"})  # fmt: skip


def checked(values: dict[str, object]) -> Payload:
    """A payload read from a file. Refuses: Unreadable, naming the part at fault."""
    try:
        return Payload.model_validate(values)
    except ValidationError as error:
        where = " › ".join(str(part) for part in error.errors()[0]["loc"])
        raise Unreadable(
            _("La rubrique «\u202f%(where)s\u202f» manque ou n’est pas du type attendu.") % {"where": where}
        ) from error
