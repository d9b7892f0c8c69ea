"""The link that lets one choose a password: single use, short life, kept nowhere, the owner told (E3, E5, T57)."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from structlog.stdlib import ProcessorFormatter

from comptoir.accounts import links
from comptoir.administration.commands import staff as commands
from comptoir.mail.models import Message
from tests.factories import NOW, PASSWORD, actor_of, make_client, make_contact, make_organisation, make_staff, make_user
from tests.faults import size

pytestmark = pytest.mark.django_db
CHOSEN = "cinq tasses de café noir"
FORGOTTEN = "/compte/mot-de-passe/oublie/"


def choose(client, path, password=CHOSEN, **source):
    return client.post(path, {"password1": password, "password2": password}, **source)


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def person():
    return make_staff(make_organisation("loire")).user


def test_forgotten_then_chosen_then_in(client, person, link_sent):
    assert client.post(FORGOTTEN, {"email": person.email.upper()}).url == f"{FORGOTTEN}envoye/"
    path = link_sent()
    assert path.startswith("/loire/compte/lien/")
    page = client.get(path)
    assert person.login in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("strict-origin", "private, no-store")
    assert choose(client, path).url == "/loire/bureau/"
    assert is_in(client)
    person.refresh_from_db()
    assert person.check_password(CHOSEN)


def test_a_login_does_as_well_as_an_address(client, person, link_sent):
    client.post(FORGOTTEN, {"email": person.login.upper()})
    assert link_sent()


def test_a_link_works_once(client, person, link_sent):
    client.post(FORGOTTEN, {"email": person.email})
    path = link_sent()
    choose(client, path)
    client.post("/compte/deconnexion/")
    assert client.get(path).status_code == 410
    assert choose(client, path, "un tout autre mot de passe").status_code == 410
    person.refresh_from_db()
    assert person.check_password(CHOSEN)


def test_reading_the_page_uses_nothing_up(client, person, link_sent):
    client.post(FORGOTTEN, {"email": person.email})
    path = link_sent()
    assert [client.get(path).status_code for _ in range(5)] == [200] * 5
    assert client.head(path).status_code == 200
    assert choose(client, path).status_code == 302


@pytest.mark.parametrize(
    ("hours", "minutes", "works"), [(1, 59, True), (1, 61, False), (24, 1439, True), (24, 1441, False)]
)
def test_one_hour_for_oneself_a_day_from_staff(person, hours, minutes, works):
    with time_machine.travel(NOW, tick=False) as clock:
        uid, _, key = links.path(person, hours).split("/")[2].partition("-")
        clock.shift(timedelta(minutes=minutes))
        assert (links.owner(uid, key) == person) is works


def test_each_change_of_the_account_kills_the_link(person):
    def lives():
        return links.owner(uid, key) is not None

    for change in ({"email": "autre@exemple.test"}, {"session_round": 7}, {"last_login": NOW}, {"is_active": False}):
        person.refresh_from_db()
        uid, _, key = links.path(person, 24).split("/")[2].partition("-")
        assert lives()
        type(person).objects.filter(pk=person.pk).update(**change)
        assert not lives(), change


def test_one_bit_wrong_opens_nothing(person):
    uid, _, key = links.path(person, 24).split("/")[2].partition("-")
    flips = [key[:at] + chr(ord(key[at]) ^ 1) + key[at + 1 :] for at in range(len(key))]
    assert [links.owner(uid, one) for one in flips] == [None] * len(flips)
    other = make_user()
    assert links.owner(links.path(other, 24).split("/")[2].partition("-")[0], key) is None
    assert links.owner("zzzzzzzzzzzzzzzzzzzz", key) is None
    assert links.owner("!", key) is None


def test_asking_twenty_times_sends_one_mail_and_never_refuses(client, person):
    answers = {
        client.post(FORGOTTEN, {"email": person.email}, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(20)
    }
    assert answers == {302}
    assert Message.objects.filter(kind="password-link").count() == 1


def test_known_unknown_and_closed_are_answered_alike(client, person, monkeypatch):
    closed = make_user("fermee", is_active=False)
    mute = make_user("muette", email="")
    pages = [
        client.post(FORGOTTEN, {"email": text}, follow=True)
        for text in (person.email, "x@y.fr", closed.login, mute.login)
    ]
    assert {(page.status_code, page.content) for page in pages} == {(200, pages[0].content)}
    assert Message.objects.count() == 1


def test_both_answers_take_the_same_time(client, person, monkeypatch):
    slept = []
    monkeypatch.setattr("comptoir.web.shared.evened.LEAST", 5.0)
    monkeypatch.setattr("comptoir.web.shared.evened.time.sleep", slept.append)
    for text in (person.email, "inconnue@exemple.test"):
        client.post(FORGOTTEN, {"email": text})
    assert len(slept) == 2
    assert min(slept) > 0  # both waited for the same end


def test_a_client_contact_gets_a_link_too(client, link_sent):
    user = make_user()
    make_contact(make_client(make_organisation("rhone")), user=user)
    client.post(FORGOTTEN, {"email": user.email})
    assert link_sent().startswith("/rhone/compte/lien/")


def test_the_organisation_asked_at_writes_when_it_knows_the_person(client, person, link_sent):
    make_staff(make_organisation("rhone"), user=person)
    client.post("/rhone/compte/mot-de-passe/oublie/", {"email": person.email})
    assert link_sent().startswith("/rhone/")


def test_staff_sends_a_link_and_never_sees_it(client, person, link_sent, caplog):
    admin = make_staff(person.places.get().organisation)
    client.force_login(admin.user)
    place = person.places.get()
    answer = client.post(f"/loire/bureau/reglages/equipe/{place.pk}/lien/", follow=True)
    path = link_sent()
    key = path.split("/")[-2]
    assert key not in answer.content.decode()
    for page in (f"/loire/bureau/reglages/equipe/{place.pk}/", "/loire/bureau/journal/"):
        assert key not in client.get(page).content.decode()
    client.logout()
    assert choose(client, path).status_code == 302


def test_the_database_and_the_logs_hold_no_secret(client, person, link_sent, caplog):
    caplog.set_level(logging.INFO)
    with caplog.at_level(logging.INFO):
        client.post(FORGOTTEN, {"email": person.email})
        path = link_sent()
        key = path.split("/")[-2]
        dump = StringIO()
        call_command("dumpdata", stdout=dump)
        client.get(path)
        choose(client, path)
    after = StringIO()
    call_command("dumpdata", stdout=after)
    assert key not in dump.getvalue() + after.getvalue()
    assert CHOSEN not in after.getvalue()
    assert key.partition("-")[2] not in dump.getvalue() + after.getvalue()


@pytest.mark.fault
def test_of_many_links_none_is_kept_and_none_works_twice(client, person, link_sent, caplog):
    """T57, on the scale it promises: the database and the logs are searched for every key."""
    place, keys = person.places.get().organisation, set()
    for number in range(size.of(3, 1000)):
        owner = make_staff(place, user=make_user(f"lectrice.{number}", email=f"p{number}@maison.exemple")).user
        source = {"REMOTE_ADDR": f"10.{number // 250}.1.{number % 250}"}
        client.post(FORGOTTEN, {"email": owner.email}, **source)
        path = link_sent()
        assert choose(client, path, **source).status_code == 302
        client.post("/compte/deconnexion/")
        assert choose(client, path, **source).status_code == 410
        keys.add(path.split("/")[-2].partition("-")[2])
    dump = StringIO()
    call_command("dumpdata", stdout=dump)
    written = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, ProcessorFormatter))
    logged = "\n".join(map(written.format, caplog.records))
    assert "/compte/lien/…/" in logged
    kept = dump.getvalue() + logged
    assert len(keys) == size.of(3, 1000)
    assert [key for key in keys if key in kept] == []


def test_log_lines_mask_the_key(person):
    from comptoir.base.logs import mask_secrets

    path = links.path(person, 1)
    line = mask_secrets(None, "info", {"request": f"GET /loire/{path}?a=1", "code": 200})
    assert line["request"] == "GET /loire/compte/lien/…/?a=1"


def test_the_other_sessions_end_and_the_owner_is_told(client, person, link_sent):
    from django.test import Client

    elsewhere = Client()
    elsewhere.post("/compte/connexion/", {"login": person.login, "password": PASSWORD})
    assert is_in(elsewhere)
    client.post(FORGOTTEN, {"email": person.email})
    choose(client, link_sent())
    assert elsewhere.get("/compte/").status_code == 302  # to the sign-in page
    assert Message.objects.get(kind="account-notice").to == [person.email]


def test_the_rules_are_said_before_and_after(client, person, link_sent):
    client.post(FORGOTTEN, {"email": person.email})
    path = link_sent()
    assert "12 caractères au moins" in client.get(path).content.decode()
    for weak in ("court", "motdepasse123", person.login.center(12, "x"), "111111111111"):
        page = choose(client, path, weak)
        assert page.status_code == 200
        assert page.context["form"].errors, weak
    page = client.post(path, {"password1": CHOSEN, "password2": "un autre que le premier"})
    assert page.context["form"].errors["password2"] == ["Les deux mots de passe ne sont pas les mêmes."]


def test_a_new_member_is_sent_a_link_at_once(client, link_sent):
    admin = make_staff(make_organisation("loire"))
    commands.add_staff(login="neuve", email="neuve@exemple.test", role="manager", by=actor_of(admin), at=timezone.now())
    assert choose(client, link_sent()).url == "/loire/bureau/"
