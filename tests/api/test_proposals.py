"""The API of date proposals: clients of a session, propose once for a key, ask again, validate by hand; scopes."""

from datetime import timedelta

import pytest

from comptoir.catalogue.commands.slots import shift_session
from comptoir.mail.models import Message
from comptoir.proposals.models import DateProposal, SessionClient
from tests import factories as f
from tests.api.test_doors import KEY, call, give_key
from tests.proposals.conftest import BODY, desk, reply  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
ONCE = {"Idempotency-Key": "dates-2027-01"}


@pytest.fixture
def here(desk):  # noqa: F811
    give_key(desk.organisation, KEY, ["proposals:read", "proposals:write"])
    give_key(desk.organisation, "cpt_lecture", ["proposals:read"])
    give_key(desk.organisation, "cpt_accueil", ["registrations:read", "clients:write", "intake:apply"])
    desk.path = f"sessions/{desk.session.reference}"
    return desk


def ask(method, path, body=None, **more):
    return call(method, path, body, slug="loire", **more)


def propose(here, body=None, **more):
    return ask("post", f"{here.path}/proposals", body or {}, **{**ONCE, **more})


def standings(here):
    return {one["client"]: one["confirmation"] for one in ask("get", f"{here.path}/clients").json()["items"]}


def test_the_dates_are_proposed_to_all_once_for_a_key(here):
    first, second = propose(here), propose(here)
    assert (first.status_code, second.status_code) == (201, 200), first.content
    assert first.json()["proposals"] == second.json()["proposals"]
    assert (first.json()["created"], second.json()["created"]) == (True, False)
    assert Message.objects.count() == DateProposal.objects.count() == 2
    assert standings(here) == {here.lake.number: "pending", here.town.number: "pending"}
    other = propose(here, {"cc": "copie@loire.test"})
    assert (other.status_code, other.json()["code"]) == (409, "token-reused")
    assert Message.objects.count() == 2
    assert propose(here, **{"Idempotency-Key": "x"}).status_code == 422


def test_words_addresses_and_deadline_are_what_was_sent(here):
    body = {
        "clients": [here.lake.number], "subject": "Vos dates", "body": BODY,
        "deadline": "2026-12-11T17:00:00Z", "to": {here.lake.number: "paul@lac.test"}, "cc": "copie@lac.test",
    }  # fmt: skip
    sent = propose(here, body).json()["proposals"]
    assert [(one["client"], one["to"], one["deadline_at"]) for one in sent] == [
        (here.lake.number, ["paul@lac.test"], "2026-12-11T17:00:00Z")
    ]
    mail = Message.objects.get()
    assert (mail.subject, mail.to, mail.cc) == ("Vos dates", ["paul@lac.test"], ["copie@lac.test"])
    local = propose(here, {"deadline": "2026-12-11T18:00:00"}, **{"Idempotency-Key": "sur-place"}).json()
    assert {one["deadline_at"] for one in local["proposals"]} == {"2026-12-11T17:00:00Z"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"clients": ["C999999"]}, "clients"), ({"to": {"C999999": "a@b.test"}}, "clients"),
        ({"cc": "pas une adresse"}, "cc"), ({"deadline": "2020-01-01T10:00:00Z"}, "deadline"),
        ({"body": "Bonjour {inconnue} {bouton}"}, "body"),
        ({"deadline": "bientôt"}, "wanted.deadline"), ({"clients": "tous"}, "wanted.clients"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_sent(here, body, field):
    answer = propose(here, body)
    assert answer.status_code == 422, answer.content
    assert field.removeprefix("wanted.") in {one["field"].removeprefix("wanted.") for one in answer.json()["problems"]}
    assert not DateProposal.objects.exists()
    assert not Message.objects.exists()


def test_proposals_are_read_narrowed_and_opened(here, monkeypatch):
    monkeypatch.setattr("comptoir.api.proposals.PAGE", 1)
    sent = propose(here).json()["proposals"]
    reply(DateProposal.objects.get(reference=sent[0]["reference"]), "declined", comment="Trop tôt", at=f.NOW)
    first = ask("get", "proposals").json()
    second = ask("get", f"proposals?after={first['next']}").json()
    assert sorted(one["reference"] for page in (first, second) for one in page["items"]) == sorted(
        one["reference"] for one in sent
    )
    assert second["next"] == ""
    declined = ask("get", "proposals?state=declined").json()["items"]
    assert [one["reference"] for one in declined] == [sent[0]["reference"]]
    assert ask("get", "proposals?session=AILLEURS").json()["items"] == []
    assert ask("get", "proposals?overdue=true").json()["items"] == []
    assert ask("get", "proposals?state=gris").status_code == 404
    one = ask("get", f"proposals/{sent[0]['reference']}").json()
    assert [(said["said"], said["comment"]) for said in one["answers"]] == [("declined", "Trop tôt")]
    assert one["sittings"][0][:2] == ["2027-01-11T08:00:00+00:00", "2027-01-11T11:00:00+00:00"]
    assert ask("get", "proposals/PD-RIEN").status_code == 404


def test_a_deadline_passed_is_overdue(here):
    sent = propose(here).json()["proposals"]
    DateProposal.objects.filter(reference=sent[1]["reference"]).update(deadline_at=f.NOW)
    SessionClient.objects.filter(client__number=sent[1]["client"]).update(due_at=f.NOW)
    overdue = ask("get", "proposals?overdue=true").json()["items"]
    assert [one["reference"] for one in overdue] == [sent[1]["reference"]]
    told = {one["client"]: one["is_overdue"] for one in ask("get", f"{here.path}/clients").json()["items"]}
    assert told == {sent[0]["client"]: False, sent[1]["client"]: True}


def test_a_client_is_asked_again_and_all_of_them_when_dates_move(here):
    sent = propose(here).json()["proposals"]
    assert ask("post", f"proposals/{sent[0]['reference']}/remind", {}).json() == {"mails": 1}
    assert ask("post", f"{here.path}/proposals/again", {}).status_code == 422
    shift_session(session_id=here.session.pk, starts_on=here.session.starts_on + timedelta(7), by=here.by, at=f.NOW)
    assert set(standings(here).values()) == {"to_confirm"}
    assert ask("post", f"{here.path}/proposals/again", {}).json() == {"mails": 2}
    assert set(standings(here).values()) == {"pending"}
    assert ask("post", f"proposals/{sent[0]['reference']}/remind", {}).status_code == 422


def test_clients_are_chosen_and_their_dates_validated_by_hand(here):
    third = f.make_client(here.organisation, "Menuiserie Bocage", email="m@bocage.test")
    added = ask("put", f"{here.path}/clients/{third.number}")
    assert (added.status_code, len(added.json()["items"])) == (200, 3)
    said = ask("put", f"{here.path}/validations/{third.number}").json()["items"]
    assert {one["client"]: one["sentence"] for one in said}[third.number] == "Date(s) validée(s) manuellement"
    ask("delete", f"{here.path}/validations/{third.number}")
    assert standings(here)[third.number] == "to_confirm"
    assert len(ask("delete", f"{here.path}/clients/{third.number}").json()["items"]) == 2
    assert ask("delete", f"{here.path}/clients/{third.number}").status_code == 404
    assert ask("put", f"{here.path}/clients/C999999").status_code == 404
    assert ask("put", f"{here.path}/autre/{third.number}").status_code == 404


def test_scopes_and_organisations(here):
    reference = propose(here).json()["proposals"][0]["reference"]
    other = f.make_organisation("rhone")
    give_key(other, "cpt_rhone", ["proposals:read", "proposals:write"])
    reads = ("proposals", f"proposals/{reference}", f"{here.path}/clients")
    writes = (f"{here.path}/proposals", f"{here.path}/proposals/again", f"proposals/{reference}/remind")
    for path in reads:
        assert ask("get", path, key="cpt_lecture").status_code == 200
        assert ask("get", path, key="cpt_accueil").status_code == 403
        assert ask("get", path, key="cpt_rhone").status_code == 401
    for path in writes:
        for key, status in (("cpt_lecture", 403), ("cpt_accueil", 403), ("cpt_rhone", 401)):
            assert ask("post", path, {}, key=key, **ONCE).status_code == status
    assert call("get", "proposals", slug="rhone", key="cpt_rhone").json()["items"] == []
    for path in reads[1:]:
        assert call("get", path, slug="rhone", key="cpt_rhone").status_code == 404
    for path in writes:
        assert call("post", path, {}, slug="rhone", key="cpt_rhone", **ONCE).status_code == 404
    assert ask("put", f"{here.path}/validations/{here.lake.number}", key="cpt_lecture").status_code == 403
