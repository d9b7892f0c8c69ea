"""Deals are born: many at once from the assistant, each from one request (B9, B18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from comptoir.deals.models import Deal, DealLine
from comptoir.organisations.actors import Actor
from comptoir.organisations.numbers import next_numbers

SERIES = "deal"


@dataclass(frozen=True)
class Hope:
    """One participant the deal would bring, at a price in cents without VAT, and why it is not a registration."""

    session_id: int
    seat_type_id: int | None
    first_name: str
    last_name: str
    email: str
    price_cents: int
    vat_bp: int


@dataclass(frozen=True)
class NewDeal:
    """A deal to open. `source` (a request's reference) makes it unique; `chance` is in per cent."""

    source: str
    title: str
    chance: int
    client_id: int | None
    prospect_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    owner_id: int | None
    territory_id: int | None
    why: str
    hopes: Sequence[Hope] = ()
    service: str = ""  # what a request for a service asks for


@transaction.atomic
def open_many(wanted: Sequence[NewDeal], *, by: Actor, at: datetime) -> dict[str, tuple[int, str]]:
    """Every deal exists, new, with its lines; gives back source → (id, reference). Numbers follow one another."""
    if not wanted:
        return {}
    numbers = next_numbers(by.organisation_id, SERIES, len(wanted))
    deals = [_deal(one, number, by=by, at=at) for one, number in zip(wanted, numbers, strict=True)]
    Deal.objects.bulk_create(deals, batch_size=500)
    lines = [
        _line(deal, position, hope)
        for deal, one in zip(deals, wanted, strict=True)
        for position, hope in enumerate(one.hopes, 1)
    ]
    DealLine.objects.bulk_create(lines, batch_size=500)
    return {deal.source: (deal.pk, deal.reference) for deal in deals}


def _deal(one: NewDeal, number: int, *, by: Actor, at: datetime) -> Deal:
    return Deal(
        organisation_id=by.organisation_id, reference=f"DO-{number:05}", source=one.source, title=one.title[:200],
        service=one.service,
        chance=one.chance, client_id=one.client_id, prospect_name=one.prospect_name, contact_name=one.contact_name,
        contact_email=one.contact_email, contact_phone=one.contact_phone, owner_id=one.owner_id,
        territory_id=one.territory_id, why=one.why[:250], created_at=at,
        amount_cents=sum(hope.price_cents for hope in one.hopes),
    )  # fmt: skip


def _line(deal: Deal, position: int, hope: Hope) -> DealLine:
    return DealLine(
        deal=deal, position=position, session_id=hope.session_id, seat_type_id=hope.seat_type_id,
        first_name=hope.first_name, last_name=hope.last_name, email=hope.email, price_cents=hope.price_cents,
        vat_bp=hope.vat_bp,
    )  # fmt: skip
