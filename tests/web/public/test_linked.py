"""What search engines read of the counter, and that addresses and texts are only what they are (A1, T43)."""

import json
import re
from datetime import UTC, datetime

from comptoir.catalogue.models import Session
from tests.factories import make_slot
from tests.web.public.visitor import occupy, words


def linked(response):
    """The schema.org data of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(text)


def test_a_course_is_described_for_search_engines(visitor, session, activity):
    make_slot(session, datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 11, tzinfo=UTC))
    data = linked(visitor.get("activity", slug="sauveteur"))
    (instance,) = data["hasCourseInstance"]
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Course")
    assert data["provider"]["name"] == "Rhône Formation"
    assert instance["startDate"] == "2027-01-11T09:00:00+01:00"
    assert instance["courseMode"] == "Onsite"
    assert instance["location"]["address"]["addressLocality"] == "Nantes"
    assert instance["offers"]["price"] == "300.00"
    assert instance["offers"]["availability"] == "https://schema.org/InStock"
    occupy(session, 12)
    (instance,) = linked(visitor.get("activity", slug="sauveteur"))["hasCourseInstance"]
    assert instance["offers"]["availability"] == "https://schema.org/SoldOut"


def test_an_event_is_described_as_one(visitor, session, activity):
    type(activity).objects.update(kind="event")
    Session.objects.update(is_remote=True)
    (event,) = linked(visitor.get("activity", slug="sauveteur"))["@graph"]
    assert event["@type"] == "Event"
    assert event["location"]["@type"] == "VirtualLocation"
    assert event["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")


def test_texts_are_text(visitor, session, activity):
    type(activity).objects.update(
        title="</script><b>Gras", promise="A & B", description="<i>x</i>\n\n- un\n- deux", programme="x"
    )
    shown = visitor.get("activity", slug="sauveteur").content.decode()
    assert "<b>Gras" not in shown
    assert "<i>" not in shown
    assert "<ul><li>un</li><li>deux</li></ul>" in shown
    assert linked(visitor.get("activity", slug="sauveteur"))["name"] == "</script><b>Gras"


def test_addresses_are_the_configured_ones_whatever_the_host_says(visitor, session, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for name, parts in (
        ("activity", {"slug": "sauveteur"}),
        ("feed", {}),
        ("sitemap", {}),
        ("calendar", {}),
        ("robots", {}),
    ):
        shown = visitor.browser.get(visitor.address(name, **parts), headers={"Host": "evil.test"}).content.decode()
        assert "evil.test" not in shown
        assert settings.PUBLIC_URL in shown


def test_the_host_of_an_organisation_serves_the_same_pages(organisation, session, client):
    type(organisation).objects.update(host="testserver")
    assert "Sauveteur secouriste" in words(client.get("/formations/sauveteur/"))
    assert client.post("/panier/ajouter/", {"session": session.pk}).cookies["panier"]["path"] == "/"
