"""The calendars of a proposal: read by a parser of their own, held against RFC 5545, 5546 and 6047."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from comptoir.bookings import calendars as of_bookings
from comptoir.catalogue.commands.publication import move_session
from comptoir.catalogue.commands.slots import set_slots, shift_session
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import times_of
from comptoir.mail import attachments
from comptoir.mail.models import Message
from comptoir.mail.wire import content
from comptoir.proposals import calendars
from comptoir.proposals.commands.withdrawing import withdraw_due
from tests.factories import make_slot
from tests.proposals.conftest import BEGINS, NOW, reply, send


def files_of(proposal, kind="date-proposal"):
    mail = Message.objects.filter(about=proposal.reference, kind=kind).latest("pk")
    return [one for one in attachments.files_of(mail) if one.media_type == "text/calendar"]


def objects_of(proposal, kind="date-proposal"):
    return [made for one in files_of(proposal, kind) for made in Calendar.from_ical(one.content, multiple=True)]


def check_itip(made):
    """RFC 5546, 3.2.2 and 3.2.5; RFC 5545, 3.6, 3.8.4.1 and 3.8.4.3."""
    events = made.walk("VEVENT")
    assert made["VERSION"] == "2.0"
    assert made["PRODID"]
    assert made["METHOD"] in ("REQUEST", "CANCEL")
    assert len({str(one["UID"]) for one in events}) == 1
    for one in events:
        assert {"DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "ORGANIZER", "ATTENDEE", "SUMMARY"} <= set(one)
        assert str(one["ORGANIZER"]) == "mailto:contact@loire.test"
        assert str(one["ATTENDEE"]).startswith("mailto:")
        assert one["DTSTART"].dt.utcoffset() == timedelta(0)
        assert str(one["STATUS"]) == ("CANCELLED" if made["METHOD"] == "CANCEL" else "TENTATIVE")
    return events[0]


def move(desk, days=7):
    desk.session.refresh_from_db()
    day = desk.session.starts_on + timedelta(days=days)
    shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=NOW)


def test_each_sitting_is_a_request_of_its_own_addressed_to_its_client(desk):
    desk.session.place = "Salle « Loire » ; bât. A, 2e"
    desk.session.save()
    lake, town = send(desk, desk.lake, desk.town)
    for proposal, address in ((lake, "claire@lac.test"), (town, "mairie@reze.test")):
        made = objects_of(proposal)
        assert [one["METHOD"] for one in made] == ["REQUEST", "REQUEST"]
        events = [check_itip(one) for one in made]
        assert [one["DTSTART"].dt for one in events] == [BEGINS, BEGINS + timedelta(hours=5)]
        assert {str(one["ATTENDEE"]) for one in events} == {f"mailto:{address}"}
        assert events[0]["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
        assert str(events[0]["LOCATION"]) == "Salle « Loire » ; bât. A, 2e, Nantes"


def test_lines_are_folded_and_end_as_the_rfc_says(desk):
    desk.lake.contacts.update(first_name="Marie-Émilie-Églantine", last_name="de La Rochefoucauld-Doudeauville")
    for one in files_of(send(desk, desk.lake)):
        assert all(len(line) <= 75 for line in one.content.split(b"\r\n"))
        assert not re.search(rb"(?<!\r)\n", one.content)
        assert b"X-COMPTOIR" not in one.content
        event = Calendar.from_ical(one.content).walk("VEVENT")[0]
        assert event["ATTENDEE"].params["CN"].startswith("Marie-Émilie-Églantine de La")


def test_the_same_sitting_is_called_the_same_as_on_the_page_of_a_booking(desk):
    ours = [str(check_itip(one)["UID"]) for one in objects_of(send(desk, desk.lake))]
    theirs = Calendar.from_ical(of_bookings.calendar([desk.session], at=NOW))
    assert ours == [str(one["UID"]) for one in theirs.walk("VEVENT")]


def test_dates_that_move_are_asked_again_under_the_same_name_with_a_higher_number(desk):
    old = [check_itip(one) for one in objects_of(send(desk, desk.lake))]
    move(desk)
    new = [check_itip(one) for one in objects_of(send(desk, desk.lake))]
    assert [str(one["UID"]) for one in old] == [str(one["UID"]) for one in new]
    assert all(b["SEQUENCE"] > a["SEQUENCE"] for a, b in zip(old, new, strict=True))


def test_a_sitting_that_is_no_more_is_taken_back(desk):
    send(desk, desk.lake)
    kept = times_of(desk.session)[:1]
    set_slots(session_id=desk.session.pk, slots=kept, by=desk.by, at=NOW)
    made = objects_of(send(desk, desk.lake))
    assert [one["METHOD"] for one in made] == ["REQUEST", "CANCEL"]
    assert check_itip(made[1])["UID"].endswith("-2@loire.comptoir")


def test_many_sittings_are_one_file_of_as_many_objects(desk):
    for day in range(1, 11):
        start = BEGINS + timedelta(days=day)
        make_slot(desk.session, start, start + timedelta(hours=3))
    proposal = send(desk, desk.lake)
    assert [one.name for one in files_of(proposal)] == [f"{desk.session.reference}.ics"]
    made = objects_of(proposal)
    assert len({str(check_itip(one)["UID"]) for one in made}) == 12


def test_a_single_sitting_is_a_file_with_a_plain_name(desk):
    desk.session.slots.order_by("starts_at").last().delete()
    assert [one.name for one in files_of(send(desk, desk.lake))] == [f"{desk.session.reference}.ics"]


def test_the_part_says_what_its_calendar_asks(desk):
    """RFC 6047, 2.4."""
    mail = Message.objects.get(about=send(desk, desk.lake).reference)
    raw = content(mail, organisation_name="L", text="x", html="x", files=attachments.files_of(mail))
    assert raw.count(b'method="REQUEST"') == 2


def test_a_cancelled_session_tells_its_clients_once_but_those_who_declined(desk):
    lake, town = send(desk, desk.lake, desk.town)
    reply(town, "declined")
    move_session(session_id=desk.session.pk, to="cancelled", by=desk.by, at=NOW)
    assert withdraw_due(at=NOW).done == [desk.session.reference]
    assert withdraw_due(at=NOW).done == []
    mails = Message.objects.filter(kind="date-proposal-cancelled")
    assert [one.to for one in mails] == [["claire@lac.test"]]
    made = objects_of(lake, "date-proposal-cancelled")
    assert [one["METHOD"] for one in made] == ["CANCEL", "CANCEL"]
    sequence = objects_of(lake)[0].walk("VEVENT")[0]["SEQUENCE"]
    assert all(check_itip(one)["SEQUENCE"] > sequence for one in made)
    for one in (lake, town):
        one.refresh_from_db()
        assert (one.state, one.ended_at) == ("withdrawn", NOW)


def test_an_organisation_without_an_address_asks_in_the_deployments_name(desk):
    desk.organisation.contact_email = ""
    desk.organisation.save()
    event = objects_of(send(desk, desk.lake))[0].walk("VEVENT")[0]
    assert "@" in str(event["ORGANIZER"])


@pytest.mark.fault
def test_sabotage_two_names_in_one_request_are_seen(desk, monkeypatch):
    """One object for all sittings, as if iTIP allowed it."""
    good = calendars._object

    def all_in_one(session, organisation, number, times, method, *, at):
        text = good(session, organisation, number, times, method, at=at)
        other = good(session, organisation, number + 9, times, method, at=at)
        event = other[other.index("BEGIN:VEVENT") : other.index("END:VCALENDAR")]
        return text.replace("END:VCALENDAR", event + "END:VCALENDAR")

    monkeypatch.setattr(calendars, "_object", all_in_one)
    with pytest.raises(AssertionError):
        check_itip(objects_of(send(desk, desk.lake))[0])


def test_each_sitting_says_where_it_is_itself(desk):
    first, second = times_of(desk.session)
    away = replace(second, remote_url="https://visio.exemple/suite")
    set_slots(session_id=desk.session.pk, slots=[replace(first, place="Salle B"), away], by=desk.by, at=NOW)
    proposal = send(desk, desk.lake)
    asked = [check_itip(one) for one in objects_of(proposal)]
    session = Session.objects.get(pk=desk.session.pk)
    taken = Calendar.from_ical(of_bookings.calendar([session], at=NOW)).walk("VEVENT")
    for events in (asked, taken):
        assert [str(one["LOCATION"]) for one in events] == ["Salle B, Nantes", "https://visio.exemple/suite"]
    assert "à distance\u00a0: https://visio.exemple/suite" in Message.objects.get(about=proposal.reference).text
