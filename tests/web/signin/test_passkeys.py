"""Passkeys without a browser: what is made up is refused, reading writes nothing, a key is its owner's alone."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import PASSWORD, make_organisation, make_staff

pytestmark = pytest.mark.django_db
BASE = "/loire/compte/cles/"
MADE_UP = ("", "{}", "[]", "1", '"x"', "{", '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
           '{"response": {"userHandle": "MQ"}}', '{"response": {"userHandle": 7}}', '{"response": null}')  # fmt: skip


@pytest.fixture
def person():
    return make_staff(make_organisation("loire"))


def signed_in(person):
    client = Client()
    client.post("/loire/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
    client.post("/loire/compte/confirmer/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_key_is_refused_at_every_door(person, credential):
    client, stranger = signed_in(person), Client()
    client.post(f"{BASE}ajouter/question/")
    page = client.post(f"{BASE}ajouter/", {"name": "x", "credential": credential})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
    stranger.post("/loire/compte/cle/question/")
    assert stranger.post("/loire/compte/cle/", {"credential": credential}).url == "/loire/compte/connexion/"
    assert stranger.get("/loire/bureau/").status_code == 302


def test_questions_are_asked_by_post_and_reading_writes_nothing(person):
    client = signed_in(person)
    before = list(Session.objects.order_by("pk").values())
    for path, status in (("", 200), ("ajouter/", 200), ("confirmer/", 302)):
        assert client.get(f"{BASE}{path}").status_code == status, "who has no key is asked for the password"
    for path in ("cles/ajouter/question/", "cle/question/", "cles/confirmer/question/"):
        assert client.get(f"/loire/compte/{path}").status_code == 405
    assert client.get("/loire/compte/cle/").status_code == 302
    assert list(Session.objects.order_by("pk").values()) == before
    asked = json.loads(client.post(f"{BASE}ajouter/question/").content)["publicKey"]
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"


def test_the_question_of_signing_in_names_nobody(person):
    asked = json.loads(Client().post("/loire/compte/cle/question/").content)["publicKey"]
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")


def test_a_key_is_its_owners_alone(person):
    key = Authenticator.objects.create(user=make_staff(person.organisation).user, type="webauthn", data={"name": "k"})
    client = signed_in(person)
    for act in ("renommer", "retirer"):
        for ask in (client.get, client.post):
            assert ask(f"{BASE}{key.pk}/{act}/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_adding_one_asks_who_one_is_once_more(person):
    client = Client()
    assert client.get(f"{BASE}ajouter/").status_code == 302
    assert client.post(f"{BASE}ajouter/question/").status_code == 302
    assert client.get(BASE).status_code == 302
