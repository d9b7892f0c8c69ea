"""The API: tokens and scopes, the catalogue read, pre-registrations posted once, the intake planned and applied."""

import pytest
from django.test import Client as Browser

from comptoir.deals.models import Deal
from comptoir.integration.commands import running
from comptoir.organisations.models import ApiToken
from comptoir.organisations.states import Scope
from comptoir.organisations.tokens import digest_of
from comptoir.preregistrations.models import Request
from tests.factories import NOW, make_organisation
from tests.integration.conftest import ask, make_world

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "cpt_une-cle-d-essai"


@pytest.fixture
def world(transactional_db, tmp_path, settings):
    made = make_world(tmp_path, settings)
    give_key(made.organisation, KEY, Scope.values)
    return made


def give_key(organisation, key, scopes):
    ApiToken.objects.create(
        organisation=organisation, name="site", digest=digest_of(key), scopes=" ".join(scopes), created_at=NOW
    )


def call(method, path, body=None, *, key=KEY, slug="loire-formation", **headers):
    headers = {"Authorization": f"Bearer {key}", **headers}
    send = getattr(Browser(), method)
    options = {"content_type": "application/json"} if method == "post" else {}
    return send(f"/{slug}/api/v1/{path}", body, headers=headers, **options)


def wanted(world, **fields):
    return {
        "client": {"legal_name": "Ateliers du Lac"},
        "contact": {"first_name": "Claire", "last_name": "Lefèvre", "email": "claire@exemple.fr"},
        "participants": [{"session": world.session.reference, "first_name": "Hugo", "last_name": "Marchand"}],
        "terms_version": 1,
        **fields,
    }


def test_sessions_on_sale_are_listed_with_seats_left(world):
    answer = call("get", "sessions").json()
    assert [(one["reference"], one["seats_left"]) for one in answer["items"]] == [(world.session.reference, 4)]


def test_a_post_makes_one_request_and_one_file(world):
    answer = call("post", "preregistrations", wanted(world), **{"Idempotency-Key": "site-0001"})
    assert answer.status_code == 201, answer.content
    request = Request.objects.select_related("file").get()
    assert answer.json() == {"reference": request.reference, "created": True}
    assert (request.origin, request.authenticated_client) == ("api", None)
    assert (world.spool / request.file.name).exists()


def test_the_same_key_again_is_the_same_answer(world):
    first, second = (
        call("post", "preregistrations", wanted(world), **{"Idempotency-Key": "site-0001"}) for _time in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["reference"] == second.json()["reference"]
    assert Request.objects.count() == 1


def test_the_same_key_with_another_content_is_refused(world):
    call("post", "preregistrations", wanted(world), **{"Idempotency-Key": "site-0001"})
    other = call("post", "preregistrations", wanted(world, message="Autre"), **{"Idempotency-Key": "site-0001"})
    assert (other.status_code, other.json()["code"]) == (409, "token-reused")


def test_every_field_at_fault_is_named(world):
    body = wanted(world, contact={"first_name": "", "last_name": "L", "email": "claire"})
    answer = call("post", "preregistrations", body, **{"Idempotency-Key": "site-0001"})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["problems"]} == {"first_name", "email"}
    assert not Request.objects.exists()


def test_a_price_cannot_be_sent(world):
    body = wanted(world)
    body["participants"][0]["price_cents"] = 1
    call("post", "preregistrations", body, **{"Idempotency-Key": "site-0001"})
    assert Request.objects.get().net_cents == 25_000


@pytest.mark.parametrize(("path", "scope"), [("sessions", "intake:read"), ("intake/plan", "catalogue:read")])
def test_a_token_without_the_scope_is_refused(world, path, scope):
    give_key(world.organisation, "cpt_autre", [scope])
    assert call("get", path, key="cpt_autre").status_code == 403


def test_a_token_of_another_organisation_is_nobody(world):
    make_organisation("ailleurs")
    assert call("get", "sessions", slug="ailleurs").status_code == 401


def test_the_intake_is_read_planned_and_applied(world):
    one = ask(world)
    assert [row["reference"] for row in call("get", "intake/requests").json()["items"]] == [one.reference]
    plan = call("get", "intake/plan?method=identified").json()
    assert plan["places"] == {"session": 1}
    started = call("post", "intake/runs", {"method": "deals"}, **{"Idempotency-Key": "soir-1"})
    assert started.status_code == 202, started.content
    assert (
        call("post", "intake/runs", {"method": "deals"}, **{"Idempotency-Key": "soir-1"}).json()["reference"]
        == (started.json()["reference"])
    )
    running.advance_due(at=NOW)
    done = call("get", f"intake/runs/{started.json()['reference']}").json()
    assert (done["state"], done["done"], Deal.objects.count()) == ("finished", 1, 1)


def test_the_description_is_openapi_3_1(world):
    found = call("get", "openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == {
        "/loire-formation/api/v1/" + path
        for path in (
            "sessions",
            "terms",
            "preregistrations",
            "intake/requests",
            "intake/plan",
            "intake/runs",
            "intake/runs/{reference}",
            "registrations",
            "bookings",
            "bookings/{reference}",
            "bookings/{reference}/{act}",
            "bookings/{reference}/people/{person_id}/withdraw",
            "bookings/{reference}/ledger/{kind}",
            "clients/match",
            "clients/duplicates",
            "clients/scans",
            "clients/scans/last",
            "sessions/{reference}/clients",
            "sessions/{reference}/proposals",
            "sessions/{reference}/proposals/again",
            "sessions/{reference}/{what}/{number}",
            "proposals",
            "proposals/{reference}",
            "proposals/{reference}/remind",
        )
    }
