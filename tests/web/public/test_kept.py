"""Pages are kept until what they show changes: seats, words, price; never for who has something of their own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.catalogue.models import Activity
from comptoir.organisations.models import Organisation
from comptoir.web.shared import kept
from tests.factories import make_activity, make_organisation, make_registrations, make_session


@pytest.fixture
def get_page(db, client):
    organisation = make_organisation("loire")
    activity = make_activity(organisation, title="Céramique", slug="ceramique")
    from django.utils import timezone

    day = timezone.localdate() + timedelta(days=30)
    session = make_session(activity, starts_on=day, ends_on=day, capacity=3)

    def get(**headers):
        return client.get("/loire/formations/ceramique/", headers=headers)

    get.session, get.client = session, client
    return get


def warm(get_page):
    get_page()
    get_page()
    return get_page()


def test_kept_it_is_one_statement_and_the_same(get_page, django_assert_num_queries):
    made = warm(get_page)
    with django_assert_num_queries(1):
        again = get_page()
    assert again.content == made.content
    for name in ("Cache-Control", "ETag", "Vary", "Content-Security-Policy", "Referrer-Policy", "X-Frame-Options"):
        assert again.headers[name] == made.headers[name]
    assert "public" in again.headers["Cache-Control"]
    assert get_page(if_none_match=again.headers["ETag"]).status_code == 304


def test_a_seat_taken_is_seen_at_once(get_page):
    warm(get_page)
    make_registrations(get_page.session, people=[("A", "B", ""), ("C", "D", "")])
    assert "qu’une place" in get_page().content.decode() or "1 place" in get_page().content.decode()


def test_words_changed_are_seen_at_once(get_page):
    warm(get_page)
    Activity.objects.update(title="Poterie")
    assert b"Poterie" in get_page().content
    warm(get_page)
    Organisation.objects.update(name="Autre nom")
    assert b"Autre nom" in get_page().content


def test_closed_it_is_gone_at_once(get_page):
    warm(get_page)
    Organisation.objects.update(is_active=False)
    assert get_page().status_code == 404
    Organisation.objects.update(is_active=True)
    assert get_page().status_code == 200


def test_time_passes_and_it_is_made_again(get_page, monkeypatch):
    warm(get_page)
    monkeypatch.setattr(kept, "KEPT_FOR", timedelta(0))
    with CaptureQueriesContext(connection) as seen:
        get_page()
    assert len(seen) > 1


@pytest.mark.parametrize("cookie", ["panier", "sessionid", "messages"])
def test_who_has_something_of_their_own_is_never_served_from_it(get_page, cookie):
    warm(get_page)
    get_page.client.cookies[cookie] = "x"
    assert "private" in get_page().headers["Cache-Control"]


def test_another_question_is_another_page(get_page):
    warm(get_page)
    get_page.client.get("/loire/formations/ceramique/?lieu=Brest")
    assert get_page.client.get("/loire/formations/ceramique/?lieu=Brest").content != get_page().content


def test_a_shelf_of_a_size(get_page, monkeypatch):
    monkeypatch.setattr(kept, "MOST_PAGES", 3)
    for number in range(9):
        get_page.client.get(f"/loire/?q={number}")
    assert len(kept._pages) == 3
