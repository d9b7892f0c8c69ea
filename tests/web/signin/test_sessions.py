"""A session: born new, ended by time, by a change of role, by the person, by a new password (T55, T63)."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from comptoir.administration.commands import staff as commands
from tests.factories import NOW, PASSWORD, actor_of, make_organisation, make_staff

pytestmark = pytest.mark.django_db
DESK = "/loire/bureau/reglages/"


@pytest.fixture
def person():
    return make_staff(make_organisation("loire"))


def signed_in(person, **extra):
    client = Client(**extra)
    client.post("/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
    return client


def opens(client):
    return client.get(DESK).status_code == 200


def test_the_cookie_of_before_is_not_the_cookie_of_after(person):
    client = Client()
    client.get("/compte/connexion/")
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post("/compte/connexion/", {"login": person.user.login, "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert not opens(stranger)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(person):
    client = signed_in(person)
    client.get("/compte/deconnexion/")
    for name in ("sessionid", "csrftoken", "seen"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["domain"] == "", name


def test_over_https_cookies_are_secure_and_bound_to_the_host():
    import json
    import subprocess
    import sys

    code = (
        "import json, django.conf as c; s = c.settings; "
        "print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME]))"
    )
    import os

    environment = {**os.environ, "COMPTOIR_PUBLIC_URL": "https://inscriptions.example"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == [True, True, "__Host-session", "__Host-csrf"]


@pytest.mark.parametrize(("minutes", "lives"), [(119, True), (121, False)])
def test_two_hours_without_a_page_end_it(person, minutes, lives):
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(person)
        clock.shift(timedelta(minutes=minutes))
        assert opens(client) is lives


def test_a_working_day_ends_it_however_busy(person):
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(person)
        for _ in range(23):
            clock.shift(timedelta(minutes=31))
            assert opens(client)
        clock.shift(timedelta(minutes=10))
        assert not opens(client)


def test_ended_is_ended_on_the_server_too(person):
    with time_machine.travel(NOW, tick=False) as clock:
        client = signed_in(person)
        kept = client.cookies["sessionid"].value
        clock.shift(timedelta(hours=3))
        assert not opens(client)
        clock.shift(timedelta(hours=-3))
        thief = Client()
        thief.cookies["sessionid"] = kept
        assert not opens(thief)


def test_a_stolen_session_without_its_seen_cookie_is_over(person):
    client = signed_in(person)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert not opens(thief)


def test_another_sessions_seen_cookie_does_not_do(person):
    one, other = signed_in(person), signed_in(person)
    one.cookies["seen"] = other.cookies["seen"].value
    assert not opens(one)


def test_signing_out_is_a_post_and_ends_it_on_the_server(person):
    client = signed_in(person)
    kept = {name: cookie.value for name, cookie in client.cookies.items()}
    client.get("/compte/deconnexion/")
    assert opens(client)
    assert client.post("/loire/compte/deconnexion/").url == "/loire/"
    for name, value in kept.items():
        client.cookies[name] = value
    assert not opens(client)


ACTS = {
    "deactivated": lambda one, by: commands.deactivate_staff(staff_id=one.pk, by=by, at=NOW),
    "role changed": lambda one, by: commands.change_staff(staff_id=one.pk, role="manager", by=by, at=NOW),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_session_of_the_person_ends_at_the_next_request(person, act):
    """T55: refused at once, everywhere, and the links already sent are dead."""
    admin = make_staff(person.organisation)
    clients = [signed_in(person) for _ in range(5)]
    assert all(map(opens, clients))
    ACTS[act](person, actor_of(admin))
    assert [client.get("/compte/").status_code for client in clients] == [302] * 5
    assert not any(map(opens, clients))


def test_a_closed_account_is_refused_at_the_next_request(person):
    client = signed_in(person)
    type(person.user).objects.filter(pk=person.user_id).update(is_active=False)
    assert not opens(client)


def test_a_changed_role_is_the_next_pages_role(person):
    """Even if sessions did not end, the role is read at each request."""
    make_staff(person.organisation)
    client = signed_in(person)
    type(person).objects.filter(pk=person.pk).update(role="manager")
    assert client.get(DESK).status_code == 403


def test_a_new_password_ends_the_others_and_keeps_this_one(person):
    this, other = signed_in(person), signed_in(person)
    new = "cinq tasses de café noir"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert this.post("/compte/mot-de-passe/", fields).status_code == 302
    assert opens(this)
    assert not opens(other)


def test_the_list_of_devices_ends_the_others(person):
    this, other = signed_in(person), signed_in(person, HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Version/18 Safari/605")
    page = this.get("/loire/compte/appareils/").content.decode()
    assert "Safari, iPhone" in page
    this.post("/loire/compte/appareils/")
    assert opens(this)
    assert not opens(other)


def test_one_session_is_closed_and_no_other(person):
    this, lost, kept = (signed_in(person, HTTP_USER_AGENT=f"Mozilla/5.0 (Windows) {name}/1") for name in BROWSERS)
    stranger = signed_in(make_staff(make_organisation("rhone")))
    rows = UserSession.objects.filter(user=person.user).order_by("pk")
    ids = [row.pk for row in rows]
    assert this.get("/compte/appareils/").content.decode().count("/fermer/") == 2
    close = "/compte/appareils/{}/fermer/".format
    assert stranger.post(close(ids[1])).status_code == 404
    assert this.get(close(ids[1])).status_code == 405
    done = this.post(close(ids[1]), follow=True)
    assert "La session de Chrome, Windows est fermée" in done.content.decode()
    assert [opens(one) for one in (this, lost, kept)] == [True, False, True]
    assert this.post(close(ids[1])).status_code == 404, "it is gone"
    assert this.post(close(ids[0])).url == "/compte/deconnexion/", "one's own is left by signing out"
    assert opens(this)


BROWSERS = ("Firefox", "Chrome", "Edg")


def test_the_list_says_when_one_last_acted_and_reading_is_no_act(person):
    with time_machine.travel(NOW, tick=False) as clock:
        this = signed_in(person)
        clock.shift(timedelta(minutes=7))
        this.get(DESK)
        assert "aucun acte depuis la connexion" in this.get("/compte/appareils/").content.decode()
        this.post("/loire/bureau/reglages/secteurs/", {"name": "Ouest"})
        assert "dernier acte le" in this.get("/compte/appareils/").content.decode()
        assert UserSession.objects.get().last_seen_at == NOW + timedelta(minutes=7)
