"""Direct bookings by the API: once, at the server's price, with a page of their own."""

import pytest

from comptoir.bookings.models import Booking, Registration
from tests.api.test_doors import call, give_key
from tests.checkout.direct import make_fair
from tests.factories import make_add_on

KEY = "cpt_une-cle-de-vente"


@pytest.fixture
def fair(db):
    fair = make_fair()
    give_key(fair.organisation, KEY, ["preregistrations:write", "catalogue:read"])
    return fair


def wanted(fair, people=1, **fields):
    guest = {"session": fair.session.reference, "first_name": "Hugo", "last_name": "Marchand"}
    return {
        "client": {"legal_name": "Ateliers du Lac"},
        "contact": {"first_name": "Claire", "last_name": "Lefèvre", "email": "claire@exemple.fr"},
        "participants": [guest] * people, "method": "transfer", **fields,
    }  # fmt: skip


def post(fair, body, key="vente-0001"):
    slug = fair.organisation.slug
    return call("post", "bookings", body, key=KEY, slug=slug, **{"Idempotency-Key": key})


def test_it_is_made_once_and_leads_to_its_page(fair, client):
    first, again = post(fair, wanted(fair, 2)), post(fair, wanted(fair, 2))
    assert (first.status_code, again.status_code) == (201, 200), first.content
    made = Booking.objects.get()
    said = first.json()
    assert (said["reference"], said["owed_cents"], said["method"]) == (made.reference, 24_000, "transfer")
    assert {**again.json(), "created": True} == said
    assert Registration.objects.count() == 2
    page = client.get(said["page"].removeprefix("http://testserver").removeprefix("http://127.0.0.1:8000"))
    assert made.reference in page.content.decode()


def test_the_catalogue_says_what_can_be_booked(fair):
    meal = make_add_on(fair.session, capacity=7)
    (one,) = call("get", "sessions", key=KEY, slug=fair.organisation.slug).json()["items"]
    assert (one["is_direct"], one["has_waiting_list"], one["people_waiting"]) == (True, True, 0)
    assert one["methods"] == ["transfer", "cheque"]
    assert one["add_ons"] == [{"id": meal.pk, "name": "Déjeuner", "price_cents": 2_000, "most": 1, "left": 7}]


def test_add_ons_are_asked_by_their_id(fair):
    meal = make_add_on(fair.session)
    body = wanted(fair)
    body["participants"][0] |= {"add_ons": {str(meal.pk): 1}}
    assert post(fair, body).json()["owed_cents"] == 14_400
    body["participants"][0] |= {"add_ons": {str(meal.pk): -1}}
    assert post(fair, body, "vente-0002").json()["code"] == "stale-basket"


def test_what_is_full_is_refused_and_can_be_waited_for(fair):
    assert post(fair, wanted(fair, 4)).status_code == 201
    refused = post(fair, wanted(fair), "vente-0002")
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (409, "not-enough-seats")
    waits = post(fair, wanted(fair, wait=True), "vente-0003")
    assert (waits.status_code, waits.json()["held_until"], waits.json()["owed_cents"]) == (201, None, 0)


@pytest.mark.parametrize("method", ["", "card"])
def test_a_method_the_activity_does_not_take_is_refused(fair, method):
    refused = post(fair, wanted(fair, method=method))
    assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "method")


def test_a_token_without_the_scope_books_nothing(fair):
    give_key(fair.organisation, "cpt_lecture", ["registrations:write"])
    answer = call(
        "post", "bookings", wanted(fair), key="cpt_lecture", slug=fair.organisation.slug,
        **{"Idempotency-Key": "vente-0001"},
    )  # fmt: skip
    assert answer.status_code == 403


def test_a_booking_costs_few_statements(fair, django_assert_max_num_queries):
    post(fair, wanted(fair))
    with django_assert_max_num_queries(22):
        assert post(fair, wanted(fair), "vente-0002").status_code == 201
