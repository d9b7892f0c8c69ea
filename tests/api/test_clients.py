"""The API of clients: recognised, their duplicates read page by page, searches asked for; scopes, organisations."""

import pytest

from comptoir.clients.commands import duplicates as commands
from comptoir.clients.models import DuplicateScan, GivenNumber
from tests.api.test_doors import KEY, call, give_key
from tests.factories import NOW, make_client, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)
SIRET = "73282932000074"


@pytest.fixture
def here():
    organisation = make_organisation("loire-formation")
    give_key(organisation, KEY, ["clients:read", "clients:write"])
    give_key(organisation, "cpt_lecture", ["clients:read"])
    give_key(organisation, "cpt_accueil", ["intake:read", "intake:apply"])
    return organisation


def match(*requests, **more):
    return call("post", "clients/match", {"requests": list(requests)}, **more)


def test_requesters_are_recognised_in_order_with_reasons(here):
    make_client(here, "Ateliers du Lac", siret=SIRET, city="Annecy", number="C000007", imported_id="A-7")
    answer = match(
        {"id": "1", "legal_name": "SARL ATELIERS DU LAC", "siret": SIRET, "city": "ANNECY CEDEX"},
        {"id": "2", "legal_name": "Boucherie Sanzot", "number": "c 7"},
        {"id": "3", "legal_name": "Menuiserie Bocage", "city": "Vannes"}, {},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    first, second, third, fourth = answer.json()["items"]
    assert first.pop("score") > 0.9
    assert first == {
        "id": "1", "client": "C000007", "imported_id": "A-7", "legal_name": "Ateliers du Lac", "certainty": "certain",
        "reason": "même SIRET, même nom, même commune", "others": [],
    }  # fmt: skip
    assert (second["client"], second["certainty"]) == ("C000007", "probable")
    assert second["reason"] == "numéro client C000007, mais un autre nom"
    nobody = {"client": "", "certainty": "none", "score": 0.0, "reason": "", "others": []}
    assert nobody.items() <= third.items()
    assert nobody.items() <= fourth.items()


def test_a_number_given_to_a_request_recognises_its_client_once_that_is_known(here):
    lake = make_client(here, "Ateliers du Lac", city="Annecy", number="C000007")
    given = GivenNumber.objects.create(organisation=here, number="C000950", source="DM-A", client=None)
    asked = {"legal_name": "Boucherie Sanzot", "number": "c 950"}
    assert match(asked).json()["items"][0]["certainty"] == "none"
    given.client = lake
    given.save()
    found = match(asked).json()["items"][0]
    assert (found["client"], found["reason"]) == ("C000007", "numéro client C000950, mais un autre nom")


def test_those_that_answer_as_well_are_named(here):
    for number in ("C000001", "C000002"):
        make_client(here, "Ateliers du Lac", city="Annecy", number=number)
    found = match({"legal_name": "Ateliers du Lac", "city": "Annecy"}).json()["items"][0]
    assert (found["client"], found["certainty"], found["others"]) == ("C000001", "probable", ["C000002"])


def test_hostile_requesters_are_answered_or_refused(here):
    make_client(here, "Ateliers du Lac", city="Annecy")
    texts = ("", "\0", "<script>", "\u202eورشة", "🏭" * 200, "'; drop table x; --", "a" * 1000)
    answer = match(*({"legal_name": text, "siret": text, "number": text, "email": text} for text in texts))
    assert [one["certainty"] for one in answer.json()["items"]] == ["none"] * len(texts)
    long = match({"legal_name": "a" * 10_000})
    assert (long.status_code, long.json()["problems"][0]["field"]) == (422, "requests.0.legal_name")
    assert match({"legal_name": "\ud83d"}).status_code == 422, "half a character"
    assert match(*({} for _one in range(501))).status_code == 422


def test_pairs_are_read_page_after_page(here, monkeypatch):
    monkeypatch.setattr("comptoir.api.clients.PAGE", 2)
    for number in range(4):
        make_client(here, "Ateliers du Lac", city="Annecy", number=f"C00000{number}", imported_id=f"A-{number}")
    make_client(here, "Ateliers Lac Annecien", city="Annecy", number="C000009")
    assert call("get", "clients/duplicates").json() == {"scan": None, "next": "", "items": []}
    commands.scan(organisation_id=here.pk, at=NOW)
    seen, mark, pages = [], "", 0
    while pages == 0 or mark:
        page = call("get", f"clients/duplicates?after={mark}").json()
        seen, mark, pages = seen + page["items"], page["next"], pages + 1
    sides = [(one["left"]["client"], one["right"]["client"]) for one in seen]
    assert len(set(sides)) == len(sides) == page["scan"]["certain"] + page["scan"]["probable"] >= 6
    assert pages == (len(sides) + 1) // 2
    assert [one["certainty"] for one in seen] == sorted(one["certainty"] for one in seen)
    assert seen[0]["left"]["imported_id"] == "A-0"
    assert "même commune" in seen[0]["reason"]
    certain = call("get", "clients/duplicates?level=certain").json()["items"]
    assert {one["certainty"] for one in certain} == {"certain"}
    assert call("get", "clients/duplicates?level=gris").status_code == 404
    assert call("get", "clients/duplicates?after=n.importe").json()["items"] == seen[:2]


def test_a_search_is_asked_for_followed_and_done(here):
    assert call("get", "clients/scans/last").status_code == 404
    make_client(here)
    for _twice in range(2):
        asked = call("post", "clients/scans", {"whole": True})
        assert (asked.status_code, asked.json()["state"]) == (202, "waiting"), asked.content
    assert DuplicateScan.objects.count() == 1
    commands.scan_due(at=NOW, limit=1)
    done = call("get", "clients/scans/last").json()
    assert (done["state"], done["total"], done["failure"]) == ("done", 1, "")


def test_scopes_and_organisations(here):
    other = make_organisation("rhone")
    make_client(other, "Ateliers du Lac", siret=SIRET, city="Annecy")
    make_client(other, "ATELIERS DU LAC", siret=SIRET, city="Annecy")
    commands.scan(organisation_id=other.pk, at=NOW)
    assert match({"legal_name": "Ateliers du Lac", "siret": SIRET}).json()["items"][0]["certainty"] == "none"
    assert call("get", "clients/duplicates").json() == {"scan": None, "next": "", "items": []}
    assert call("get", "clients/scans/last").status_code == 404
    for path, body in (("clients/match", {"requests": []}), ("clients/scans", {})):
        assert call("post", path, body, key="cpt_accueil").status_code == 403
        assert call("post", path, body, key="cpt_inconnue").status_code == 401
        assert call("post", path, body, slug="rhone").status_code == 401
    assert call("get", "clients/duplicates", key="cpt_accueil").status_code == 403
    assert match({}, key="cpt_lecture").status_code == 200
    assert call("post", "clients/scans", {}, key="cpt_lecture").status_code == 403
