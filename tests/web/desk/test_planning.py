"""The planning at the desk: what each sees, what the address keeps, what a page costs."""

import gc
import random
import statistics
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comptoir.catalogue.commands.trainers import set_trainers
from comptoir.catalogue.models import Session, Slot
from tests.factories import NOW, actor_of, make_activity, make_organisation, make_session, make_slot, make_staff

pytestmark = pytest.mark.django_db
PAGE = "/loire/bureau/planning/"
LIMIT = 0.050


@pytest.fixture
def staff():
    return make_staff(make_organisation("loire"))


@pytest.fixture
def client(staff):
    browser = Client()
    browser.force_login(staff.user)
    return browser


def held(activity, hour=8, **fields):
    session = make_session(activity, **fields)
    start = datetime(2027, 1, 11, hour, tzinfo=UTC)
    make_slot(session, start, start + timedelta(hours=3))
    return session


def text(response):
    return response.content.decode()


def test_a_month_and_a_week_show_sessions_conflicts_and_holidays(client, staff):
    activity = make_activity(staff.organisation, title="Secourisme")
    one = held(activity)
    held(activity)
    set_trainers(session_id=one.pk, names=["Solène Jouan"], by=actor_of(staff), at=NOW)
    month = text(client.get(f"{PAGE}?jour=2027-01-15"))
    assert "Janvier 2027" in month
    assert month.count("Conflit</small>") == 2
    assert "jour de l’an" in month
    assert "2 en conflit" in month
    week = text(client.get(f"{PAGE}?vue=semaine&jour=2027-01-15"))
    assert "Solène Jouan" in week
    assert "jour=2027-01-22" in week
    session = text(client.get(f"/loire/bureau/sessions/{one.pk}/"))
    assert "La salle est déjà prise" in session
    assert "Solène Jouan" in session


def test_trainers_and_links_are_written_from_the_schedule(client, staff):
    session = held(make_activity(staff.organisation))
    page = f"/loire/bureau/sessions/{session.pk}/seances/"
    assert client.post(f"{page}formateurs/", {"trainers": "Karim Haddad, Maud Roy"}).status_code == 302
    assert "Karim Haddad, Maud Roy" in text(client.get(page))
    assert client.post(f"{page}formateurs/", {"trainers": "x" * 121}).status_code == 422
    line = {"slots-TOTAL_FORMS": 1, "slots-INITIAL_FORMS": 0, "slots-0-on": "2027-01-11", "slots-0-start": "09:00",
            "slots-0-end": "12:00", "slots-0-remote_url": "https://visio.exemple/salle"}  # fmt: skip
    assert client.post(page, line).status_code == 302
    assert Slot.objects.get().remote_url == "https://visio.exemple/salle"
    assert client.post(page, line | {"slots-0-remote_url": "javascript:x"}).status_code == 422


@pytest.mark.parametrize("asked", ["jour=rien", "jour=9999-12-31", "jour=0001-01-01", "vue=x&activity=x&trainer=9"])
def test_what_makes_no_sense_in_the_address_is_left_aside(asked, client):
    assert client.get(f"{PAGE}?{asked}").status_code == 200


def test_a_filter_narrows_and_stays_in_every_link(client, staff):
    held(make_activity(staff.organisation, title="Secourisme"), is_remote=True)
    held(make_activity(staff.organisation, title="Incendie"), 13)
    shown = text(client.get(f"{PAGE}?jour=2027-01-15&place=remote"))
    assert "Secourisme</a>" in shown
    assert "Incendie</a>" not in shown
    assert "place=remote&amp;jour=2027-02-01" in shown.replace(
        "jour=2027-02-01&amp;place=remote", "place=remote&amp;jour=2027-02-01"
    )


def test_a_manager_sees_the_perimeter_and_a_stranger_nothing(client, staff):
    held(make_activity(staff.organisation, title="Secourisme"))
    browser = Client()
    browser.force_login(make_staff(staff.organisation, "manager").user)
    assert "Secourisme" not in text(browser.get(f"{PAGE}?jour=2027-01-15"))
    other = make_staff(make_organisation("autre"))
    browser.force_login(other.user)
    assert browser.get(PAGE).status_code in (403, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(count, client, staff):
    activity = make_activity(staff.organisation)
    for _ in range(count):
        held(activity)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{PAGE}?jour=2027-01-15")
    assert len(asked) <= 18


@pytest.mark.slow
def test_ten_thousand_sessions_stay_quick(client, staff):
    """Processor time of the whole page; three times the promise where others work."""
    chance = random.Random(7)
    activities = [make_activity(staff.organisation) for _ in range(40)]
    rows = []
    for number in range(10_000):
        day = date(2025, 1, 1) + timedelta(chance.randrange(1500))
        rows.append(Session(
            organisation=staff.organisation, activity=chance.choice(activities), reference=f"X-{number}",
            starts_on=day, ends_on=day, begins_at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC), state="open",
            city="Nantes", place=f"Salle {number % 60}", created_at=NOW,
        ))  # fmt: skip
    Session.objects.bulk_create(rows, batch_size=500)
    Slot.objects.bulk_create(
        [Slot(session=one, starts_at=one.begins_at, ends_at=one.begins_at + timedelta(hours=3)) for one in rows],
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    del rows
    gc.collect()  # ten thousand objects of the test's own are no part of a page
    for view in ("mois", "semaine"):
        taken = []
        for number in range(61):
            start = time.process_time()
            assert client.get(f"{PAGE}?vue={view}&jour=2027-0{number % 9 + 1}-11").status_code == 200
            taken.append(time.process_time() - start)
        p95 = statistics.quantiles(taken[1:], n=20)[-1]
        print(f"{view}: p95 {p95 * 1000:.0f} ms, median {statistics.median(taken) * 1000:.0f} ms")
        assert p95 < 3 * LIMIT
