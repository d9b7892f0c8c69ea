"""Guessing is slow, by account and by source; the owner still comes in by mail (T59)."""

import pytest
import time_machine

from tests.factories import NOW, PASSWORD, make_organisation, make_staff
from tests.faults import size

pytestmark = [pytest.mark.django_db, pytest.mark.fault]
LOGIN = "/compte/connexion/"
TOO_MANY = "Trop d’essais"


def guess(client, login, number, **source):
    source.setdefault("REMOTE_ADDR", f"10.{number // 250}.0.{number % 250}")
    return client.post(LOGIN, {"login": login, "password": f"essai numéro {number}"}, **source)


def checked(answer):
    """Whether the password was looked at at all."""
    return answer.status_code == 200 and TOO_MANY not in answer.content.decode()


def spellings(user):
    first, _, rest = user.login.partition(".")
    wide = "".join(chr(ord(char) + 0xFEE0) for char in first)
    return (
        user.login,
        user.login.upper(),
        user.login.title(),
        f"{wide}.{rest}",
        user.email,
        user.email.upper(),
        f" {user.login} ",
    )


@pytest.fixture
def person():
    return make_staff(make_organisation("loire")).user


def count_checked(client, person, guesses):
    """How many of so many guesses, one a second from as many sources and in every spelling, are looked at."""
    with time_machine.travel(NOW, tick=False) as clock:
        done = 0
        for number in range(guesses):
            names = spellings(person)
            done += checked(guess(client, names[number % len(names)], number))
            clock.shift(1)
        return done


def test_an_account_is_guessed_at_fifty_times_an_hour_at_most(client, person):
    guesses = size.of(400, 10_000)
    assert count_checked(client, person, guesses) <= 50 * (1 + guesses // 3600)


def test_without_the_limit_the_same_count_goes_red(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert count_checked(client, person, 120) == 120


def test_one_source_tries_few_accounts(client):
    with time_machine.travel(NOW, tick=False):
        answers = [
            guess(client, f"personne.{number}", number, REMOTE_ADDR="192.0.2.1")
            for number in range(size.of(60, 10_000))
        ]
    assert sum(map(checked, answers)) <= 20


def test_a_forged_header_is_no_new_source(client):
    with time_machine.travel(NOW, tick=False):
        answers = [
            guess(
                client, f"personne.{n}", n, REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"203.0.{n // 250}.{n % 250}"
            )
            for n in range(size.of(60, 10_000))
        ]
    assert sum(map(checked, answers)) <= 20


def test_the_owner_comes_in_by_mail_while_guessing_goes_on(client, person, link_sent):
    for number in range(30):
        guess(client, person.login, number)
    refused = client.post(LOGIN, {"login": person.login, "password": PASSWORD}, REMOTE_ADDR="192.0.2.9")
    assert TOO_MANY in refused.content.decode()
    assert client.post("/compte/mot-de-passe/oublie/", {"email": person.email}).status_code == 302
    new = "cinq tasses de café noir"
    assert client.post(link_sent(), {"password1": new, "password2": new}).url == "/loire/bureau/"
    assert client.get("/compte/", follow=True).request["PATH_INFO"] != LOGIN


def test_the_owner_is_not_kept_from_asking_for_a_link(client, person, link_sent):
    """A stranger who asks and asks neither floods the owner nor uses up the owner's turn."""
    for number in range(40):
        client.post("/compte/mot-de-passe/oublie/", {"email": person.email}, REMOTE_ADDR=f"10.0.0.{number}")
    answer = client.post("/compte/mot-de-passe/oublie/", {"email": person.email}, REMOTE_ADDR="192.0.2.9")
    assert answer.status_code == 302
    assert link_sent()


def test_a_colleague_behind_the_same_address_still_signs_in(client, person):
    for number in range(10):
        guess(client, "quelqu.un", number, REMOTE_ADDR="192.0.2.1")
    answer = client.post(LOGIN, {"login": person.login, "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert answer.status_code == 302
