"""The member's own page: what is missing and how to do it, the details, what full access opens (E4, E7, T60)."""

import pytest

from comptoir.accounts.models import User
from comptoir.mail import sealing
from comptoir.mail.models import Message
from comptoir.members.models import Member, MemberRules
from comptoir.web.public import guard
from comptoir.web.shared import evened
from tests import factories as f
from tests.web.desk.desk import words

pytestmark = pytest.mark.django_db
JOIN = {"last_name": "Dupont", "first_name": "Jean", "email": "jean@exemple.fr"}
DETAILS = {
    "last_name": "Dupont", "first_name": "Jean", "born_on": "1994-03-07", "phone": "06 12 34 56 78",
    "address": "12 rue des Lilas", "postcode": "83000", "city": "Toulon",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(evened, "LEAST", 0.0)
    monkeypatch.setattr(evened, "BLUR", 0.0)
    monkeypatch.setattr(guard, "check", lambda *_args, **_options: None)


@pytest.fixture
def organisation():
    made = f.make_organisation("adpc-var")
    MemberRules.objects.create(organisation=made, is_open=True)
    return made


def path_sent():
    message = Message.objects.exclude(secret="").order_by("-pk").first()
    return "/" + sealing.unseal(message.secret).partition("://")[2].partition("/")[2]


def test_a_stranger_becomes_a_member_from_the_mailbox(client, organisation):
    asked = client.post("/adpc-var/adhesion/", JOIN)
    assert asked.url == "/adpc-var/adhesion/envoyee/"
    path = path_sent()
    page = client.get(path)
    assert (page.status_code, page["Cache-Control"], Member.objects.count()) == (200, "private, no-store", 0)
    chosen = client.post(path)
    assert chosen.url.startswith("/adpc-var/compte/lien/")
    password = "cinq tasses de café noir"
    assert client.post(chosen.url, {"password1": password, "password2": password}).url == "/adpc-var/espace/adherent/"
    text = words(client.get("/adpc-var/espace/adherent/"))
    assert "Il manque 3 étapes pour un accès complet." in text
    assert (client.get(path).status_code, client.post(path).status_code) == (410, 410)


def test_the_answer_is_the_same_for_a_known_address(client, organisation):
    member = f.make_member(organisation)
    answers = [client.post("/adpc-var/adhesion/", JOIN | {"email": one}) for one in (member.user.email, "x@exemple.fr")]
    assert len({(one.status_code, one.url, one.content) for one in answers}) == 1
    assert User.objects.count() == 1


def test_faults_are_named_at_once_and_nothing_leaves(client, organisation):
    page = client.post("/adpc-var/adhesion/", {"last_name": "", "first_name": "J3an", "email": "jean"})
    assert (page.status_code, Message.objects.count()) == (422, 0)
    assert "3 réponses sont à revoir" in words(page)


def test_closed_there_is_no_page(client):
    f.make_organisation("fermee")
    assert client.get("/fermee/adhesion/").status_code == 404


def test_programs_are_told_apart(client, organisation, monkeypatch):
    monkeypatch.undo()
    client.get("/adpc-var/adhesion/")
    for extra in ({}, {guard.TRAP: "x"}):
        assert client.post("/adpc-var/adhesion/", JOIN | extra).status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("missing", ["email", "details", "validation", "dues"])
def test_each_missing_step_is_said_and_keeps_the_card_closed(client, organisation, missing, settings):
    import datetime as dt

    year = dt.datetime.now(tz=dt.UTC).year
    member = f.make_member(
        organisation, checked=missing != "email", complete=missing != "details",
        state="pending" if missing == "validation" else "validated", dues=[] if missing == "dues" else [year],
    )  # fmt: skip
    client.force_login(member.user)
    text = words(client.get("/adpc-var/espace/adherent/"))
    says = {
        "email": "Ouvrez le lien envoyé à", "details": "Compléter mes informations",
        "validation": "Un administrateur examine votre compte", "dues": "Réglez votre cotisation",
    }  # fmt: skip
    assert "Il manque 1 étape" in text
    assert [key for key, sentence in says.items() if sentence in text] == [missing]
    assert client.get("/adpc-var/espace/adherent/carte/").status_code == 302
    assert ("Mes cotisations" in text) is (missing != "email")


def test_full_access_opens_the_card(client, organisation):
    import datetime as dt

    member = f.make_member(organisation, dues=[dt.datetime.now(tz=dt.UTC).year])
    client.force_login(member.user)
    assert "votre accès est complet" in words(client.get("/adpc-var/espace/adherent/"))
    assert member.number in words(client.get("/adpc-var/espace/adherent/carte/"))


def test_the_details_are_all_or_nothing(client, organisation):
    member = f.make_member(organisation, complete=False, state="refused")
    client.force_login(member.user)
    address = "/adpc-var/espace/adherent/informations/"
    assert "Cinq chiffres" in words(client.get(address))
    page = client.post(address, DETAILS | {"city": "", "phone": "12"})
    assert (page.status_code, 'value="12 rue des Lilas"' in page.content.decode()) == (422, True)
    member.refresh_from_db()
    assert member.address == ""
    assert client.post(address, DETAILS).url == "/adpc-var/espace/adherent/"
    member.refresh_from_db()
    assert (member.city, member.state) == ("Toulon", "pending")


def test_another_link_is_asked_for(client, organisation):
    member = f.make_member(organisation, checked=False)
    client.force_login(member.user)
    client.post("/adpc-var/espace/adherent/courriel/")
    assert Message.objects.get().to == [member.user.email]
    client.post(path_sent())
    member.refresh_from_db()
    assert member.checked_email == member.user.email
    client.post("/adpc-var/espace/adherent/courriel/")
    assert Message.objects.count() == 1


def test_a_stranger_sees_nobody(client, organisation):
    f.make_member(organisation)
    assert client.get("/adpc-var/espace/adherent/").status_code == 302
    client.force_login(f.make_member(f.make_organisation()).user)
    for name in ("", "informations/", "carte/"):
        assert client.get(f"/adpc-var/espace/adherent/{name}").status_code == 403


def test_who_is_a_member_and_no_client_is_led_to_the_own_page(client, organisation):
    client.force_login(f.make_member(organisation).user)
    assert client.get("/adpc-var/espace/").url == "/adpc-var/espace/adherent/"
