"""A client answers until the deadline; every answer is kept, the last one holds, both sides are told."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from comptoir.base.errors import Invalid, Missing
from comptoir.catalogue.commands.publication import move_session
from comptoir.catalogue.commands.slots import shift_session
from comptoir.journal.models import Entry
from comptoir.mail.models import Attachment, Message
from comptoir.proposals.commands import answering
from comptoir.proposals.commands.answering import NotInForce, TooLate
from comptoir.proposals.commands.clients import undo_validation, validate_dates
from comptoir.proposals.links import link_of
from comptoir.proposals.models import Answer, SessionClient
from comptoir.proposals.states import MOVES, ForbiddenMove, ProposalState, check_move
from tests.factories import make_staff
from tests.proposals.conftest import DUE, NOW, reply, send


def standing(desk):
    return SessionClient.objects.get(session=desk.session, client=desk.lake).standing


def test_an_acceptance_is_kept_with_its_words_and_both_sides_are_told(desk):
    proposal = reply(send(desk, desk.lake), comment="Merci.", other_dates="")
    assert (proposal.state, proposal.answered_at, standing(desk)) == ("accepted", NOW, "confirmed")
    receipt = Message.objects.get(kind="date-answer-receipt")
    assert receipt.to == ["claire@lac.test"]
    assert "Vous acceptez ces dates." in receipt.text
    assert "> Merci." in receipt.text
    ours = Message.objects.get(kind="date-answer")
    assert ours.to == [desk.staff.user.email]
    assert ours.subject == "Ateliers du Lac accepte ces dates."
    assert f"/bureau/sessions/{desk.session.pk}/clients/" in ours.text
    entry = Entry.objects.get(what="proposal.accepted")
    assert (entry.by_name, entry.detail["client"]) == ("visiteur", desk.lake.number)


def test_a_calendar_comes_with_the_acceptance_and_none_with_a_refusal(desk):
    proposal = reply(send(desk, desk.lake), "declined")
    assert not Attachment.objects.filter(about=desk.session.reference).exists()
    reply(proposal, "accepted")
    made = Calendar.from_ical(bytes(Attachment.objects.get(about=desk.session.reference).content))
    assert made["METHOD"] == "PUBLISH"
    assert [str(one["STATUS"]) for one in made.walk("VEVENT")] == ["CONFIRMED", "CONFIRMED"]


def test_the_answer_changes_until_the_deadline_and_all_are_kept(desk):
    proposal = send(desk, desk.lake)
    reply(proposal, "declined", other_dates="En février.")
    reply(proposal, "accepted", at=DUE)
    assert list(Answer.objects.values_list("position", "said")) == [(1, "declined"), (2, "accepted")]
    assert standing(desk) == "confirmed"
    assert "> En février." in Message.objects.filter(kind="date-answer").earliest("pk").text


def test_the_deadline_holds_to_the_second(desk):
    proposal = send(desk, desk.lake)
    reply(proposal, at=DUE)
    with pytest.raises(TooLate):
        reply(proposal, "declined", at=DUE + timedelta(seconds=1))
    assert proposal.state == "accepted"


def test_the_same_answer_again_tells_nobody_and_new_words_are_kept(desk):
    proposal = send(desk, desk.lake)
    for _ in range(3):
        reply(proposal, comment="Oui")
    assert Answer.objects.count() == 1
    reply(proposal, comment="Oui, avec plaisir")
    assert Answer.objects.count() == Message.objects.filter(kind="date-answer").count() == 2


def test_an_answer_after_a_validation_by_hand_is_kept_and_the_switch_stands(desk):
    proposal = send(desk, desk.lake)
    validate_dates(session_id=desk.session.pk, client_id=desk.lake.pk, by=desk.by, at=NOW)
    reply(proposal, "declined")
    assert standing(desk) == "confirmed"
    assert "validées à la main" in Message.objects.get(kind="date-answer").text
    undo_validation(session_id=desk.session.pk, client_id=desk.lake.pk, by=desk.by, at=NOW)
    assert standing(desk) == "declined"


def test_dates_that_moved_take_no_answer(desk):
    proposal = send(desk, desk.lake)
    day = desk.session.starts_on + timedelta(days=7)
    shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=NOW)
    with pytest.raises(NotInForce, match="dates ont changé"):
        reply(proposal)


def test_a_replaced_proposal_and_a_cancelled_session_take_no_answer(desk):
    old, new = send(desk, desk.lake), send(desk, desk.lake)
    with pytest.raises(NotInForce, match="dernier message"):
        reply(old)
    move_session(session_id=desk.session.pk, to="cancelled", by=desk.by, at=NOW)
    with pytest.raises(NotInForce, match="annulée"):
        reply(new)


def test_an_answer_is_yes_or_no(desk):
    proposal = send(desk, desk.lake)
    for said in ("replaced", "", "peut-être"):
        with pytest.raises(Invalid):
            reply(proposal, said)


def test_beyond_fifty_answers_it_is_a_program(desk, monkeypatch):
    monkeypatch.setattr(answering, "MOST_ANSWERS", 1)
    proposal = reply(send(desk, desk.lake))
    with pytest.raises(NotInForce, match="changé d’avis"):
        reply(proposal, "declined")


def test_an_unknown_or_foreign_link_opens_nothing(desk):
    proposal = send(desk, desk.lake)
    right = link_of(proposal.reference, organisation_id=desk.organisation.pk)
    for wrong in ("", right[:-1], right.swapcase(), link_of(proposal.reference, organisation_id=0), "é"):
        with pytest.raises(Missing):
            reply(proposal, link=wrong)
    with pytest.raises(Missing):
        reply(proposal, reference="PD-XXXXXXXXX")
    assert proposal.state == "waiting"


def test_word_goes_to_those_who_follow_the_session_else_to_the_organisation(desk):
    owner, gone = make_staff(desk.organisation), make_staff(desk.organisation, is_active=False)
    desk.session.owner, desk.session.assistant = owner, gone
    desk.session.save()
    proposal = reply(send(desk, desk.lake))
    assert Message.objects.get(kind="date-answer").to == [desk.staff.user.email, owner.user.email]
    desk.session.owner = None
    desk.session.save()
    proposal.sending.by_user = None
    proposal.sending.save()
    reply(proposal, "declined")
    assert Message.objects.filter(kind="date-answer").latest("pk").to == ["contact@loire.test"]
    desk.organisation.contact_email = ""
    desk.organisation.save()
    reply(proposal, "accepted")
    assert Message.objects.filter(kind="date-answer").count() == 2


@pytest.mark.parametrize("target", ProposalState)
@pytest.mark.parametrize("current", ProposalState)
def test_every_move_that_is_not_in_the_table_is_refused(current, target):
    if target in MOVES[current]:
        check_move(current, target)
    else:
        with pytest.raises(ForbiddenMove):
            check_move(current, target)
