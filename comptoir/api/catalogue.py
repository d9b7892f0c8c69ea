"""Reading what is on sale, and the terms in force."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Query, Router

from comptoir.api.door import Token
from comptoir.api.schemas import Refused, SessionsOut, TermsOut
from comptoir.base.errors import Missing
from comptoir.catalogue import queries
from comptoir.checkout.offers import Offer, offers
from comptoir.organisations.states import Scope

router = Router(tags=["catalogue"], auth=Token(Scope.CATALOGUE_READ))
PAGE = 100


@router.get("/sessions", response={200: SessionsOut, 401: dict[str, str], 403: Refused})
def sessions(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> dict[str, Any]:
    """The sessions on sale, soonest first, 100 a page."""
    found = queries.on_sale(organisation_id=request.organisation.pk, at=request.at)  # type: ignore[attr-defined]
    shown = Paginator(found, PAGE).get_page(page)
    known = offers(
        (one.pk for one in shown),
        organisation_id=request.organisation.pk,  # type: ignore[attr-defined]
        at=request.at,  # type: ignore[attr-defined]
    )
    items = [_session(known[one.pk]) for one in shown]
    return {"count": shown.paginator.count, "page": shown.number, "pages": shown.paginator.num_pages, "items": items}


@router.get("/terms", response={200: TermsOut, 401: dict[str, str], 403: Refused, 404: Refused})
def terms(request: HttpRequest) -> Any:
    """The terms of sale in force."""
    found = queries.current_terms(request.organisation.pk)  # type: ignore[attr-defined]
    if found is None:
        raise Missing("Cet organisme n’a pas publié de conditions générales de vente.")
    return found


def _session(offer: Offer) -> dict[str, Any]:
    session = offer.session
    return {
        "reference": session.reference, "activity": session.activity.title, "activity_slug": session.activity.slug,
        "starts_on": session.starts_on, "ends_on": session.ends_on, "place": session.place, "city": session.city,
        "is_remote": session.is_remote, "price_cents": session.price_cents, "vat_bp": session.vat_bp,
        "seats_left": offer.seats.left,
        "rates": [
            {"id": pk, "name": rate.name, "price_cents": rate.price_cents, "seats_left": offer.seats.of(pk)}
            for pk, rate in offer.rates.items()
        ],
        "is_direct": offer.rules.is_direct, "has_waiting_list": offer.rules.has_waiting_list,
        "people_waiting": offer.seats.waiting, "methods": [str(one) for one in offer.rules.methods],
        "add_ons": [
            {"id": pk, "name": extra.name, "price_cents": extra.price_cents, "most": extra.most,
             "left": offer.seats.by_add_on.get(pk)}
            for pk, extra in offer.add_ons.items()
        ],
    }  # fmt: skip
