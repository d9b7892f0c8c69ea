"""Who has not answered is asked again, by the desk or by itself before the deadline; the list « À relancer »."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Invalid
from comptoir.catalogue.commands.slots import set_slots, shift_session
from comptoir.mail.models import Message
from comptoir.proposals import queries
from comptoir.proposals.commands.clients import validate_dates
from comptoir.proposals.commands.proposing import propose_again
from comptoir.proposals.commands.reminding import remind, remind_due
from comptoir.proposals.models import DateProposal
from tests.factories import actor_of, make_organisation, make_staff
from tests.proposals.conftest import DUE, NOW, reply, send

SOON = DUE - timedelta(days=2)


def reminders():
    return list(Message.objects.filter(kind="date-proposal-reminder").order_by("pk").values_list("to", flat=True))


def test_it_reminds_by_itself_once_as_many_days_before_as_the_organisation_says(desk):
    lake, _town = send(desk, desk.lake, desk.town)
    reply(lake)
    assert remind_due(at=SOON - timedelta(seconds=1)).done == []
    assert len(remind_due(at=SOON).done) == 1
    assert remind_due(at=SOON + timedelta(days=1)).done == []
    assert reminders() == [["mairie@reze.test"]]
    text = Message.objects.get(kind="date-proposal-reminder").text
    assert "?reponse=oui" in text
    assert "lundi 30 novembre 2026 à 18\u00a0h" in text


@pytest.mark.parametrize("why", ["setting", "validated", "moved", "cancelled", "late", "new", "erased"])
def test_it_is_silent_when_there_is_nothing_to_ask(desk, why):
    at, sent_at = SOON, NOW
    if why == "setting":
        desk.organisation.proposal_reminder_days = 0
        desk.organisation.save()
    if why == "late":
        at = DUE + timedelta(seconds=1)
    if why == "new":
        sent_at = SOON - timedelta(hours=1)
    send(desk, desk.lake, at=sent_at)
    if why == "validated":
        validate_dates(session_id=desk.session.pk, client_id=desk.lake.pk, by=desk.by, at=NOW)
    if why == "moved":
        day = desk.session.starts_on + timedelta(days=7)
        shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=NOW)
    if why == "cancelled":
        type(desk.session).objects.update(state="cancelled")
    if why == "erased":
        DateProposal.objects.update(erased_at=NOW)
    assert remind_due(at=at).done == []


def test_the_desk_asks_again_those_who_have_not_answered(desk):
    lake, town = send(desk, desk.lake, desk.town)
    reply(lake)
    assert remind(proposal_ids=[lake.pk, town.pk], by=desk.by, at=NOW) == 1
    assert remind(proposal_ids=[town.pk], by=desk.by, at=NOW + timedelta(hours=1)) == 1
    assert len(reminders()) == 2
    town.refresh_from_db()
    assert town.reminders == 2
    assert remind_due(at=SOON).done == []
    with pytest.raises(Invalid):
        remind(proposal_ids=[lake.pk], by=desk.by, at=NOW)
    with pytest.raises(Invalid):
        remind(proposal_ids=[town.pk], by=desk.by, at=DUE + timedelta(seconds=1))
    with pytest.raises(Invalid):
        remind(proposal_ids=[town.pk], by=actor_of(make_staff(make_organisation())), at=NOW)


def test_the_list_holds_those_near_and_late_the_most_urgent_first(desk):
    lake, town = send(desk, desk.lake, desk.town)
    assert not queries.to_remind(seen_by=desk.by, at=SOON - timedelta(seconds=1))
    assert set(queries.to_remind(seen_by=desk.by, at=DUE + timedelta(days=3))) == {lake, town}
    assert queries.waiting(seen_by=desk.by).count() == 2
    reply(lake)
    assert list(queries.to_remind(seen_by=desk.by, at=SOON)) == [town]


def test_dates_that_moved_are_proposed_again_in_one_click_with_what_changed(desk):
    lake, town = send(desk, desk.lake, desk.town, bcc="cci@loire.test")
    reply(lake)
    with pytest.raises(Invalid, match="au courant"):
        propose_again(session_id=desk.session.pk, by=desk.by, at=NOW)
    day = desk.session.starts_on + timedelta(days=7)
    shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=NOW)
    assert propose_again(session_id=desk.session.pk, by=desk.by, at=NOW) == 2
    new = DateProposal.objects.filter(state="waiting")
    assert {one.client for one in new} == {desk.lake, desk.town}
    mail = Message.objects.filter(to=["claire@lac.test"], kind="date-proposal").latest("pk")
    assert "Ne sont plus prévus\n– lundi 11 janvier 2027" in mail.text
    assert "Sont prévus à la place\n– lundi 18 janvier 2027" in mail.text
    assert mail.bcc == ["cci@loire.test"]
    for one in (lake, town):
        one.refresh_from_db()
        assert one.state == "replaced"


def test_no_time_left_to_answer_is_told(desk):
    send(desk, desk.lake)
    set_slots(session_id=desk.session.pk, slots=[], by=desk.by, at=NOW)
    from datetime import date, time

    from comptoir.catalogue.hours import SlotTimes

    slots = [SlotTimes(date(2026, 11, 23), time(16), time(18))]
    set_slots(session_id=desk.session.pk, slots=slots, by=desk.by, at=NOW)
    with pytest.raises(Invalid, match="trop proche"):
        propose_again(session_id=desk.session.pk, by=desk.by, at=NOW)
