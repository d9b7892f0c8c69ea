"""The API of registrations: the same commands and refusals as the desk's, under scopes, once for a key."""

import pytest

from comptoir.payments.models import Entry
from tests.api.test_doors import KEY, call, give_key
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import make_organisation, make_registrations

PAID = {"amount_cents": 60_000, "method": "transfer", "settled_on": "2026-11-23"}


@pytest.fixture
def booking(place):  # noqa: F811
    give_key(place.organisation, KEY, ["registrations:read", "registrations:write"])
    give_key(place.organisation, "cpt_lecture", ["registrations:read"])
    give_key(place.organisation, "cpt_autre", ["catalogue:read"])
    return make_registrations(place.session, 2, state="pending")[0].booking


def ask(booking, method, path, body=None, **more):
    return call(method, path, body, slug=booking.organisation.slug, **more)


def test_the_list_goes_on_page_after_page(place, booking, monkeypatch):  # noqa: F811
    monkeypatch.setattr("comptoir.api.registrations.PAGE", 2)
    make_registrations(place.other, 3)
    first = ask(booking, "get", "registrations").json()
    second = ask(booking, "get", f"registrations?after={first['next']}").json()
    third = ask(booking, "get", f"registrations?after={second['next']}").json()
    assert [len(page["items"]) for page in (first, second, third)] == [2, 2, 1]
    assert (first["count"], third["next"]) == (5, "")
    ids = [one["id"] for page in (first, second, third) for one in page["items"]]
    assert len(set(ids)) == 5
    assert ask(booking, "get", "registrations?state=pending").json()["count"] == 2
    assert ask(booking, "get", "registrations?payment=due&text=martin").json()["count"] == 5
    assert ask(booking, "get", "registrations?state=x").status_code == 404
    assert len(ask(booking, "get", "registrations?after=n.importe").json()["items"]) == 2


def test_acts_answer_the_booking_or_the_refusal(booking):
    path = f"bookings/{booking.reference}"
    assert ask(booking, "get", path).json()["status"] == "pending"
    assert ask(booking, "post", f"{path}/validate").json()["status"] == "validated"
    again = ask(booking, "post", f"{path}/validate")
    assert (again.status_code, again.json()["code"]) == (409, "nothing-to-do")
    person = booking.registrations.first().pk
    assert [one["state"] for one in ask(booking, "post", f"{path}/people/{person}/withdraw").json()["people"]] == [
        "withdrawn", "validated",
    ]  # fmt: skip
    assert ask(booking, "post", f"{path}/people/{person}/withdraw").json()["code"] == "forbidden-move"
    assert ask(booking, "post", f"{path}/cancel").json()["status"] == "cancelled"
    assert ask(booking, "post", f"{path}/explode").status_code == 404


def test_a_payment_is_one_entry_for_a_key(booking):
    path = f"bookings/{booking.reference}/ledger"
    for _time in range(2):
        answer = ask(booking, "post", f"{path}/payment", PAID, **{"Idempotency-Key": "a-1"})
        assert (answer.status_code, answer.json()["payment"]) == (200, "paid"), answer.content
    assert Entry.objects.count() == 1
    ask(booking, "post", f"bookings/{booking.reference}/cancel")
    wrong = ask(booking, "post", f"{path}/refund", PAID | {"amount_cents": 70_000}, **{"Idempotency-Key": "a-2"})
    assert (wrong.status_code, wrong.json()["problems"][0]["field"] if wrong.json()["problems"] else "") == (
        422,
        "amount",
    )
    done = ask(booking, "post", f"{path}/refund", PAID, **{"Idempotency-Key": "a-3"})
    assert [one["kind"] for one in done.json()["entries"]] == ["payment", "refund"]
    assert ask(booking, "post", f"{path}/gift", PAID, **{"Idempotency-Key": "a-4"}).status_code == 404
    assert ask(booking, "post", f"{path}/payment", PAID).status_code == 422, "no key"


def test_scopes_and_organisations(booking):
    path = f"bookings/{booking.reference}"
    assert ask(booking, "get", path, key="cpt_lecture").status_code == 200
    for key, status in (("cpt_lecture", 403), ("cpt_autre", 403), ("cpt_inconnue", 401)):
        assert ask(booking, "post", f"{path}/cancel", key=key).status_code == status
    assert ask(booking, "get", "registrations", key="cpt_autre").status_code == 403
    other = make_organisation("rhone")
    give_key(other, "cpt_rhone", ["registrations:read", "registrations:write"])
    assert call("get", path, key="cpt_rhone", slug="rhone").status_code == 404
    assert call("post", f"{path}/cancel", key="cpt_rhone", slug="rhone").status_code == 404
    assert call("get", "registrations", key="cpt_rhone", slug="rhone").json()["count"] == 0
