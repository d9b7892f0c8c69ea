"""The catalogue: the programme of what is on sale, searched and filtered in the address (A1)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.base.money import price
from comptoir.bookings.queries import seats_left
from comptoir.catalogue import queries
from comptoir.web.public import filters
from comptoir.web.public.linked import organisation_data
from comptoir.web.public.pages import cacheable, shown
from comptoir.web.shared.doors import public
from comptoir.web.shared.offering import words_of

SIZES = (24, 48, 96)


@require_safe
@public
def catalogue(request: Any) -> HttpResponse:
    """Each activity once, with its next date, its place, its lowest price and the seats left."""
    organisation, at = request.organisation, request.at
    wanted = filters.read(request)
    offers: Any = queries.activities_on_sale(organisation_id=organisation.pk, at=at, **wanted.as_query())
    page: Any = Paginator(offers, _size(request)).get_page(request.GET.get("page"))
    facets = queries.facets(organisation_id=organisation.pk, at=at)
    words = words_of(organisation)
    context = {
        "filters": wanted,
        "facets": facets,
        "months": [(f"{month:%Y-%m}", filters.month_name(month), count) for month, count in facets.months],
        "chips": filters.chips(wanted, request.GET, {theme.value: theme.label for theme in facets.themes}),
        "page": page,
        "counted": words.counted(page.paginator.count),
        "entries": _entries(page),
        "sizes": ",".join(map(str, SIZES)),
        "description": organisation.tagline or words.of % {"name": organisation.name},
        "linked": organisation_data(organisation),
        "feed": reverse("counter:feed"),
    }
    return cacheable(request, shown(request, "counter/catalogue.html", context))


def _entries(page: Any) -> list[dict[str, Any]]:
    offers = list(page)
    left = seats_left([offer.next_session.pk for offer in offers])
    return [
        {
            "offer": offer,
            "lowest": price(offer.lowest_cents, offer.next_session.vat_bp),
            "left": left[offer.next_session.pk].left,
            "more": offer.session_count - 1,
        }
        for offer in offers
    ]


def _size(request: Any) -> int:
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in map(str, SIZES) else SIZES[0]
