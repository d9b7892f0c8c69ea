"""The second factor: turned on, asked for, its recovery codes, its secret unreadable at rest."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from comptoir.mail.models import Message
from tests.factories import PASSWORD, make_organisation, make_staff

pytestmark = pytest.mark.django_db
BASE = "/loire/compte/double-verification/"


def code(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def person():
    return make_staff(make_organisation("loire"))


@pytest.fixture
def client(person):
    client = Client()
    client.post("/loire/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
    return client


def turned_on(client):
    """The secret, once the factor is on."""
    client.post("/loire/compte/confirmer/", {"password": PASSWORD})
    page = client.get(f"{BASE}activer/").content.decode()
    seed = re.search(r'name="seed" value="([^"]+)"', page)[1]
    secret = re.search(r'class="reference">([A-Z2-7]+)<', page)[1]
    assert client.post(f"{BASE}activer/", {"seed": seed, "code": "000000"}).status_code == 200
    assert client.post(f"{BASE}activer/", {"seed": seed, "code": code(secret)}).status_code == 302
    return secret


def test_on_then_asked_for_at_each_sign_in(client, person):
    secret = turned_on(client)
    again = Client()
    answer = again.post("/loire/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
    assert answer.url == f"{BASE}code/"
    assert again.get("/loire/bureau/reglages/").status_code == 302
    assert again.post(f"{BASE}code/", {"code": "123456"}).status_code == 200
    assert again.post(f"{BASE}code/", {"code": code(secret, 1)}).url == "/loire/bureau/"
    assert again.get("/loire/bureau/reglages/").status_code == 200


def test_a_code_serves_once(client, person):
    secret = turned_on(client)
    used = code(secret, 1)
    for expected in (302, 200):
        again = Client()
        again.post("/loire/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
        assert again.post(f"{BASE}code/", {"code": used}).status_code == expected


def test_the_link_of_the_mail_does_not_go_round_it(client, person, link_sent):
    turned_on(client)
    other = Client()
    other.post("/compte/mot-de-passe/oublie/", {"email": person.user.email})
    new = "cinq tasses de café noir"
    assert other.post(link_sent(), {"password1": new, "password2": new}).url == f"{BASE}code/"
    assert other.get("/loire/bureau/reglages/").status_code == 302


def test_a_recovery_code_lets_in_once(client, person):
    turned_on(client)
    codes = client.get(f"{BASE}secours/codes.txt").content.decode().split()
    assert len(codes) == 10
    for expected in (302, 200):
        again = Client()
        again.post("/loire/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
        assert again.post(f"{BASE}code/", {"code": codes[0]}).status_code == expected


def test_the_secret_is_unreadable_in_the_database(client):
    secret = turned_on(client)
    kept = [str(row.data) for row in Authenticator.objects.all()]
    assert len(kept) == 2
    assert all(secret not in one for one in kept)


def test_turning_it_on_needs_the_password_again(client):
    assert client.get(f"{BASE}activer/").url.startswith("/loire/compte/confirmer/")


def test_anothers_seed_is_not_taken(client):
    from comptoir.web.signin.mfa import box

    client.post("/loire/compte/confirmer/", {"password": PASSWORD})
    planted = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    seed = box().encrypt(f"999999:{planted}".encode()).decode()
    assert client.post(f"{BASE}activer/", {"seed": seed, "code": code(planted)}).status_code == 200
    assert not Authenticator.objects.exists()


def test_the_owner_is_told_and_may_take_it_off(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        turned_on(client)
    assert client.post(f"{BASE}retirer/").status_code == 302
    assert not Authenticator.objects.exists()
    told = list(Message.objects.filter(kind="account-notice").values_list("text", flat=True))
    assert any("mise en service" in text for text in told)
    assert any("retirée" in text for text in told)


def test_every_page_of_it_shows(client):
    turned_on(client)
    for path in ("", "secours/", "secours/nouveaux/", "retirer/"):
        assert client.get(f"{BASE}{path}").status_code == 200, path
