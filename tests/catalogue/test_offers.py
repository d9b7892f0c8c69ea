"""The public catalogue: one offer an activity, filters, facets, the page of an activity."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator

from comptoir.base.errors import Missing
from comptoir.catalogue import queries
from comptoir.catalogue.models import Activity
from tests.factories import NOW, make_activity, make_organisation, make_seat_type, make_session, make_slot, make_theme


@pytest.fixture
def shop(organisation):
    """Two activities on sale at three places and dates, and one that is not."""
    first_aid, fire = make_theme(organisation, "Secourisme"), make_theme(organisation, "Incendie")
    sst = make_activity(organisation, title="Sauveteur secouriste", theme=first_aid, slug="sst")
    evacuation = make_activity(organisation, title="Évacuation", theme=fire, slug="evacuation")
    hidden = make_activity(organisation, title="Cachée", theme=fire, is_published=False)
    january, february = date(2027, 1, 11), date(2027, 2, 8)
    dear = make_session(sst, starts_on=january, ends_on=january, city="Nantes", price_cents=40_000)
    cheap = make_session(sst, starts_on=february, ends_on=february, city="Évreux", price_cents=30_000)
    make_session(evacuation, starts_on=february, ends_on=february, city="", is_remote=True, price_cents=9_000)
    make_session(evacuation, state="closed", city="Lyon")
    make_session(hidden, city="Brest")
    return {"sst": sst, "evacuation": evacuation, "dear": dear, "cheap": cheap, "organisation": organisation}


def found(shop, **filters):
    offers = queries.activities_on_sale(organisation_id=shop["organisation"].pk, at=NOW, **filters)
    return [(offer.activity.slug, offer.next_on.month, offer.session_count, offer.lowest_cents) for offer in offers]


def test_each_activity_once_soonest_first_with_its_next_date_and_lowest_price(shop):
    assert found(shop) == [("sst", 1, 2, 30_000), ("evacuation", 2, 1, 9_000)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"text": "SECOURISTE"}, [("sst", 1, 2, 30_000)]),
        ({"text": "evacuation"}, [("evacuation", 2, 1, 9_000)]),
        ({"text": "secouriste evreux"}, [("sst", 2, 1, 30_000)]),
        ({"text": "secouriste lyon"}, []),
        ({"text": "%"}, [("sst", 1, 2, 30_000), ("evacuation", 2, 1, 9_000)]),
        ({"theme": "incendie"}, [("evacuation", 2, 1, 9_000)]),
        ({"theme": "inconnu"}, []),
        ({"city": "Évreux"}, [("sst", 2, 1, 30_000)]),
        ({"month": date(2027, 2, 28)}, [("sst", 2, 1, 30_000), ("evacuation", 2, 1, 9_000)]),
        ({"month": date(2026, 12, 31)}, []),
        ({"remote": True}, [("evacuation", 2, 1, 9_000)]),
        ({"remote": False}, [("sst", 1, 2, 30_000)]),
        ({"city": "Nantes", "month": date(2027, 2, 1)}, []),
    ],
)
def test_an_offer_tells_of_the_sessions_that_fit(shop, filters, expected):
    assert found(shop, **filters) == expected


def test_rates_replace_the_price_of_the_session(shop):
    make_seat_type(shop["cheap"], "Plein", price_cents=50_000)
    make_seat_type(shop["cheap"], "Réduit", price_cents=45_000)
    make_seat_type(shop["cheap"], "Ancien", price_cents=1, is_active=False)
    assert found(shop, text="secouriste") == [("sst", 1, 2, 40_000)]
    make_seat_type(shop["dear"], "Ancien", price_cents=1, is_active=False)
    assert found(shop, text="secouriste") == [("sst", 1, 2, 40_000)], "a rate off sale is none"


def test_facets_lead_somewhere(shop):
    facets = queries.facets(organisation_id=shop["organisation"].pk, at=NOW)
    assert [(one.value, one.label, one.count) for one in facets.themes] == [
        ("incendie", "Incendie", 1), ("secourisme", "Secourisme", 1),
    ]  # fmt: skip
    assert [(one.value, one.count) for one in facets.cities] == [("Évreux", 1), ("Nantes", 1)]
    assert facets.months == [(date(2027, 1, 1), 1), (date(2027, 2, 1), 2)]
    assert facets.remote_count == 1


def test_another_organisation_s_shop_is_empty(shop):
    other = make_organisation()
    assert len(queries.activities_on_sale(organisation_id=other.pk, at=NOW)) == 0
    facets = queries.facets(organisation_id=other.pk, at=NOW)
    assert (facets.themes, facets.cities, facets.months, facets.remote_count) == ([], [], [], 0)


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_the_same_for_any_number_of_sessions(organisation, count, django_assert_num_queries):
    for _ in range(count):
        make_seat_type(make_session(make_activity(organisation)))
    with django_assert_num_queries(4):
        page = Paginator(queries.activities_on_sale(organisation_id=organisation.pk, at=NOW), 24).page(1)
        assert [offer.activity.theme for offer in page] == [None] * min(count, 24)
    with django_assert_num_queries(2):
        queries.facets(organisation_id=organisation.pk, at=NOW)


def test_the_page_of_an_activity_has_its_sessions_with_rates_and_slots(shop, django_assert_num_queries):
    start = datetime(2027, 2, 8, 8, tzinfo=UTC)
    make_slot(shop["cheap"], start, start.replace(hour=11))
    make_seat_type(shop["cheap"], "Réduit", price_cents=20_000, rank=2)
    make_seat_type(shop["cheap"], "Plein", price_cents=26_000, rank=1)
    make_seat_type(shop["cheap"], "Ancien", is_active=False)
    with django_assert_num_queries(4):
        page = queries.activity_page(organisation_id=shop["organisation"].pk, slug="sst", at=NOW)
        seen = [
            (one.from_cents, [rate.name for rate in one.seat_types.all()], len(one.slots.all()))
            for one in page.sessions
        ]
    assert seen == [(40_000, [], 0), (20_000, ["Plein", "Réduit"], 1)]


def test_an_unpublished_unknown_or_foreign_activity_has_no_page(shop):
    where = {"organisation_id": shop["organisation"].pk, "at": NOW}
    Activity.objects.filter(slug="sst").update(is_published=False)
    for slug in ("sst", "nulle-part"):
        with pytest.raises(Missing):
            queries.activity_page(slug=slug, **where)
    with pytest.raises(Missing):
        queries.activity_page(slug="evacuation", organisation_id=make_organisation().pk, at=NOW)
