"""The catalogue for programs: JSON, calendars, the site map, the embed line (A1)."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from comptoir.catalogue.models import Session
from comptoir.web.public import feeds
from tests.factories import make_activity, make_session, make_slot


@pytest.fixture
def sitting(session):
    return make_slot(session, datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 11, tzinfo=UTC))


def test_the_feed_holds_what_is_on_sale(visitor, session, sitting):
    make_session(session.activity, state="cancelled")
    answer = visitor.get("feed")
    data = answer.json()
    (one,) = data["sessions"]
    assert data["format"] == "comptoir.catalogue/1"
    assert (data["count"], data["next"]) == (1, None)
    assert one["title"] == "Sauveteur secouriste"
    assert one["price"] == {
        "net_cents": 25_000, "gross_cents": 30_000, "vat_bp": 2000, "currency": "EUR", "is_lowest_of_several": False
    }  # fmt: skip
    assert one["seats_left"] == 12
    assert one["slots"] == [{"starts_at": "2027-01-11T08:00:00+00:00", "ends_at": "2027-01-11T11:00:00+00:00"}]
    assert one["url"].endswith(f"/rhone/formations/sauveteur/?session={session.reference}#dates")
    assert one["shown"]["can_sign_up"]


def test_the_feed_is_open_to_any_site_and_leaves_no_cookie(visitor, session):
    answer = visitor.get("feed")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies


def test_the_feed_goes_by_pages_and_loses_nothing(visitor, session):
    for day in range(1, 8):
        make_session(session.activity, starts_on=date(2027, 2, day), ends_on=date(2027, 2, day))
    seen, query = [], {"limit": "3"}
    while query:
        data = visitor.get("feed", query).json()
        seen += [one["reference"] for one in data["sessions"]]
        query = dict(pair.split("=") for pair in data["next"].partition("?")[2].split("&")) if data["next"] else None
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "-1"}, {"limit": "9" * 30}, {"limit": "x"}, {"page": "x"}, {"limit": "²"}]
)
def test_a_strange_limit_is_no_limit(query, visitor, session):
    assert visitor.get("feed", query).json()["count"] == 1


def test_the_feed_is_filtered_as_the_catalogue_is(visitor, session):
    make_session(make_activity(visitor.organisation, slug="autre"), city="Brest")
    assert [one["city"] for one in visitor.get("feed", {"lieu": "Brest"}).json()["sessions"]] == ["Brest"]
    assert [one["city"] for one in visitor.get("feed", {"formation": "sauveteur"}).json()["sessions"]] == ["Nantes"]


def test_a_calendar_can_be_subscribed_to(visitor, session, sitting):
    answer = visitor.get("calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["SUMMARY"] == "Sauveteur secouriste"
    assert event.decoded("DTSTART") == sitting.starts_at
    assert event["LOCATION"] == "Salle Loire, Nantes"
    again = Calendar.from_ical(visitor.get("calendar").content).walk("VEVENT")[0]
    assert again["UID"] == event["UID"]


def test_a_session_without_sittings_is_a_whole_day(visitor, session):
    (event,) = Calendar.from_ical(visitor.get("activity-calendar", slug="sauveteur").content).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2027, 1, 11)
    assert event.decoded("DTEND") == date(2027, 1, 12)


def test_one_date_has_a_calendar_of_its_own(visitor, session):
    make_session(session.activity, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 1))
    answer = visitor.get("activity-calendar", {"session": session.reference}, slug="sauveteur")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1


def test_hostile_words_do_not_break_a_calendar(visitor, session, activity):
    type(activity).objects.update(title="A\r\nEND:VCALENDAR;,\\", promise="\u2028x")
    assert len(Calendar.from_ical(visitor.get("calendar").content).walk("VEVENT")) == 1


def test_the_site_map_names_each_page(visitor, session, settings):
    tree = ElementTree.fromstring(visitor.get("sitemap").content)
    places = [place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert places == [f"{settings.PUBLIC_URL}/rhone/", f"{settings.PUBLIC_URL}/rhone/formations/sauveteur/"]


def test_robots_are_kept_out_of_baskets(visitor, organisation):
    said = visitor.get("robots").content.decode()
    assert "Disallow: /rhone/panier/" in said
    assert "Sitemap: " in said


def test_the_embed_line_is_a_script_for_any_site(visitor, organisation):
    answer = visitor.get("embed")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert b"attachShadow" in answer.content


@pytest.mark.parametrize("name", ["feed", "calendar"])
@pytest.mark.parametrize("count", [1, 30])
def test_feeds_cost_the_same_for_any_number_of_sessions(
    count, name, visitor, activity, terms, django_assert_num_queries
):
    for _ in range(count):
        make_slot(make_session(activity), datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 11, tzinfo=UTC))
    with django_assert_num_queries(10 if name == "feed" else 9):
        visitor.get(name)


def test_a_remote_session_says_so(visitor, session):
    Session.objects.update(is_remote=True)
    assert visitor.get("feed").json()["sessions"][0]["shown"]["where"] == "À distance"
    assert feeds.MOST >= feeds.A_PAGE
