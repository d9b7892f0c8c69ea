"""One line a request: which, whose, how it ended; a stranger is nobody, and nobody is logged under another's name."""

import pytest
import structlog
from django.conf import settings

from tests.factories import PASSWORD, make_organisation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_staff(make_organisation("rhone")).user


@pytest.fixture
def lines(caplog):
    return lambda: [one.msg for one in caplog.records if isinstance(one.msg, dict) and "request" in one.msg]


def test_a_stranger_s_line_names_nobody(client, person, lines):
    assert client.get("/rhone/nulle-part/").status_code == 404
    (line,) = lines()
    assert (line["event"], line["code"], line["request"]) == ("request_finished", 404, "GET /rhone/nulle-part/")
    assert line["request_id"]
    assert line["ip"]
    assert line.get("user_id") is None


def test_whoever_signs_in_is_named_from_then_on_and_the_next_stranger_is_not(client, person, lines):
    client.get("/rhone/nulle-part/")
    client.post("/compte/connexion/", {"login": person.login, "password": PASSWORD})
    client.get("/rhone/bureau/nulle-part/")
    client.cookies.clear()
    client.get("/rhone/nulle-part/")
    before, signed_in, after = lines()
    assert before.get("user_id") is None
    assert signed_in["user_id"] == person.pk
    assert after.get("user_id") is None
    assert len({one["request_id"] for one in lines()}) == 3
    assert structlog.contextvars.get_contextvars() == {}


def test_a_fault_and_what_is_written_meanwhile_say_whose_request_it_was(client, person, caplog, monkeypatch):
    def broken(*_one, **_more):
        structlog.get_logger("tests").warning("meanwhile")
        raise ZeroDivisionError

    client.force_login(person)
    client.raise_request_exception = False
    monkeypatch.setattr("comptoir.organisations.queries.actor_of", broken)
    assert client.get("/rhone/bureau/").status_code == 500
    said = {one.msg["event"]: one.msg for one in caplog.records if isinstance(one.msg, dict)}
    assert said["meanwhile"]["user_id"] == said["request_failed"]["user_id"] == person.pk
    assert said["meanwhile"]["request_id"] == said["request_failed"]["request_id"]


@pytest.mark.parametrize("cookie", ["", "stale"])
def test_a_fault_before_there_is_a_session_is_written_and_shown_as_any_other(
    client, person, lines, monkeypatch, cookie
):
    client.raise_request_exception = False
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    monkeypatch.setattr("comptoir.organisations.queries.by_slug", lambda _slug: 1 / 0)
    assert client.get("/rhone/").status_code == 500
    (line,) = lines()
    assert (line["event"], line.get("user_id")) == ("request_failed", None)
