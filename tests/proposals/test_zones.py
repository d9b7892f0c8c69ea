"""Deadlines and hours in four time zones and through both changes of clocks, to the second."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from comptoir.catalogue.commands.slots import set_slots
from comptoir.catalogue.hours import SlotTimes
from comptoir.mail.models import Message
from comptoir.proposals import queries, schedule
from comptoir.proposals.commands.answering import TooLate
from comptoir.proposals.models import DateProposal
from tests.proposals.conftest import reply, send

WHERE = [
    ("Europe/Paris", datetime(2026, 11, 30, 17, tzinfo=UTC), ""),
    ("Indian/Reunion", datetime(2026, 11, 30, 14, tzinfo=UTC), " (heure de La Réunion)"),
    ("America/Guadeloupe", datetime(2026, 11, 30, 22, tzinfo=UTC), " (heure de Guadeloupe)"),
    ("Pacific/Noumea", datetime(2026, 11, 30, 7, tzinfo=UTC), " (heure de Nouvelle-Calédonie)"),
]


def held_in(desk, zone, day=date(2027, 1, 11)):
    desk.session.time_zone = zone
    desk.session.save()
    slots = [SlotTimes(day, time(9), time(12))]
    set_slots(session_id=desk.session.pk, slots=slots, by=desk.by, at=datetime(2026, 3, 1, tzinfo=UTC))
    desk.session.refresh_from_db()


@pytest.mark.parametrize(("zone", "due", "named"), WHERE)
def test_the_deadline_is_an_hour_of_the_place_and_holds_to_the_second(desk, zone, due, named):
    held_in(desk, zone)
    proposal = send(desk, desk.lake)
    assert proposal.deadline_at == due
    text = Message.objects.get(about=proposal.reference).text.replace("\u00a0", " ")
    assert f"Avant le lundi 30 novembre 2026 à 18 h{named}." in text
    assert "– lundi 11 janvier 2027, 9 h – 12 h" in text
    reply(proposal, at=due)
    with pytest.raises(TooLate):
        reply(proposal, "declined", at=due + timedelta(seconds=1))
    found = queries.parties(desk.session, seen_by=desk.by, at=due)[0]
    assert found.said.replace("\u00a0", " ").startswith("Date(s) acceptée(s) le 30 novembre 2026")


@pytest.mark.parametrize(
    ("day", "clock", "due"),
    [
        (date(2027, 3, 27), time(18), datetime(2027, 3, 27, 17, tzinfo=UTC)),
        (date(2027, 3, 28), time(18), datetime(2027, 3, 28, 16, tzinfo=UTC)),
        (date(2027, 3, 28), time(3), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 10, 31), time(18), datetime(2027, 10, 31, 17, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_both_changes_of_clocks(desk, day, clock, due):
    held_in(desk, "Europe/Paris", date(2027, 11, 8))
    proposal = send(desk, desk.lake, deadline=(day, clock))
    assert proposal.deadline_at == due
    reply(proposal, at=due)
    with pytest.raises(TooLate):
        reply(proposal, "declined", at=due + timedelta(seconds=1))


def test_a_day_seen_from_another_place_is_the_day_of_the_place(desk):
    """Half past eleven in the evening in Paris is the next morning in Nouméa."""
    held_in(desk, "Pacific/Noumea")
    at = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    send(desk, desk.lake, at=at)
    said = queries.parties(desk.session, seen_by=desk.by, at=at)[0].said
    assert "Envoyé le 25 novembre 2026" in said


@pytest.mark.fault
def test_sabotage_a_deadline_read_in_the_zone_of_the_desk(desk, monkeypatch):
    held_in(desk, "Pacific/Noumea")
    proposal = send(desk, desk.lake)
    wrong = proposal.deadline_at + timedelta(hours=10)  # 18 h in Paris
    DateProposal.objects.filter(pk=proposal.pk).update(deadline_at=wrong)
    reply(proposal, at=WHERE[3][1] + timedelta(seconds=1))  # accepted: the tests above would be red
    assert proposal.state == "accepted"


def test_a_place_alone_that_changes_is_said():
    kept = [["2027-01-11T08:00:00+00:00", "2027-01-11T11:00:00+00:00", ""]]
    said = schedule.changes(kept, kept, places=("Ici", "Là"), zone="Europe/Paris")
    assert said == "Le lieu change\n– avant\u00a0: Ici\n– désormais\u00a0: Là"
    more = [*kept, ["2027-01-12T08:00:00+00:00", "2027-01-12T11:00:00+00:00", ""]]
    assert schedule.changes(kept, more, places=("Ici", "Ici"), zone="Europe/Paris").startswith("Sont prévus en plus")


def test_a_sitting_in_another_room_or_from_afar_says_so_and_a_change_of_it_too():
    moments = ["2027-01-11T08:00:00+00:00", "2027-01-11T11:00:00+00:00"]
    evening = ["2027-01-11T17:00:00+00:00", "2027-01-11T19:00:00+00:00", "", "https://visio.exemple/soir"]
    said = schedule.days([[*moments, "Salle B", ""], evening], "Europe/Paris").split("\n")
    assert said == [
        "– lundi 11 janvier 2027, 9\u00a0h\u00a0– 12\u00a0h, Salle B",
        "– lundi 11 janvier 2027, 18\u00a0h\u00a0– 20\u00a0h, à distance\u00a0: https://visio.exemple/soir",
    ]
    moved = schedule.changes(
        [[*moments, "Salle B"]], [[*moments, "Salle C", ""]], places=("I", "I"), zone="Europe/Paris"
    )
    assert [line.rpartition(", ")[2] for line in moved.split("\n")[1::2]] == ["Salle B", "Salle C"]
