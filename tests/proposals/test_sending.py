"""A proposal is queued for each client, once, with its own link; who cannot be written to is left aside or named."""

from datetime import date, time, timedelta

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing, Several
from comptoir.base.speaking import speaking
from comptoir.catalogue.commands.publication import move_session
from comptoir.journal.models import Entry
from comptoir.mail.files import NotAttachable
from comptoir.mail.models import Attachment, Enclosure, Message
from comptoir.mail.parsing import UnknownVariable
from comptoir.proposals import queries
from comptoir.proposals.commands import drafting
from comptoir.proposals.commands.clients import NotPlanned, SessionOff, validate_dates
from comptoir.proposals.commands.drafting import begin_proposal, change_draft, detach_file, discard_draft, forget_old
from comptoir.proposals.commands.sending import NobodyToWriteTo, send_proposal
from comptoir.proposals.models import DateProposal, Sending, SessionClient
from tests.factories import (
    actor_of,
    make_client,
    make_contact,
    make_organisation,
    make_registrations,
    make_session,
    make_staff,
)
from tests.proposals.conftest import DUE, NOW, begin, send, sending_of, written

PDF = b"%PDF-1.4 programme %%EOF"


def test_each_client_has_its_own_mail_to_its_main_contact_or_its_own_address(desk):
    lake, town = send(desk, desk.lake, desk.town)
    mail = Message.objects.get(about=lake.reference)
    assert mail.to == ["claire@lac.test"]
    assert "Bonjour Claire Lefèvre," in mail.text
    assert "– lundi 11 janvier 2027, 9\u00a0h\u00a0– 12\u00a0h, 14\u00a0h\u00a0– 17\u00a0h" in mail.text
    assert "Lieu : Salle Loire, Nantes" in mail.text
    assert "Avant le lundi 30 novembre 2026 à 18\u00a0h." in mail.text
    assert mail.subject == "Vos dates : Secourisme, le 11 janvier 2027"
    other = Message.objects.get(about=town.reference)
    assert other.to == ["mairie@reze.test"]
    assert "Bonjour Mairie de Rezé," in other.text
    assert "Bonjour" not in other.html.partition("claire@lac.test")[2]
    assert (lake.deadline_at, lake.state, lake.sequence) == (DUE, "waiting", desk.session.calendar_sequence)
    assert Entry.objects.get(what="proposal.sent").detail == {"mails": 2, "skipped": 0}


def test_the_mail_has_two_buttons_each_with_the_same_secret_link(desk):
    proposal = send(desk, desk.lake)
    mail = Message.objects.get(about=proposal.reference)
    for text in (mail.text, mail.html):
        assert f"/dates/{proposal.reference}/" in text
        assert "?reponse=oui" in text
        assert "?reponse=non" in text
    assert mail.html.count("J’accepte</a>") == mail.html.count("Je décline</a>") == 1


def test_the_draft_holds_the_words_in_force_and_a_deadline_a_week_on(desk):
    row = sending_of(begin(desk))
    assert row.chosen == sorted([desk.lake.pk, desk.town.pk])
    assert "{horaires}" in row.body
    assert row.deadline_at == DUE


@pytest.mark.parametrize(("before", "hour"), [(timedelta(days=3), (2027, 1, 10)), (timedelta(hours=1), None)])
def test_the_deadline_offered_is_before_the_session_or_none(desk, before, hour):
    row = sending_of(begin(desk, at=desk.session.begins_at - before))
    assert (row.deadline_at and row.deadline_at.timetuple()[:3]) == hour


def test_a_session_without_a_sitting_is_refused_with_a_sentence(desk):
    desk.session.slots.all().delete()
    with pytest.raises(NotPlanned, match="Planifiez d’abord les séances"):
        begin(desk)


def test_a_cancelled_session_is_refused(desk):
    pk = begin(desk)
    move_session(session_id=desk.session.pk, to="cancelled", by=desk.by, at=NOW)
    with pytest.raises(SessionOff):
        begin(desk)
    with pytest.raises(SessionOff):
        send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)


def test_nobody_chosen_or_too_many_is_refused(desk, monkeypatch):
    stranger = make_client(desk.organisation, "Tiers")
    with pytest.raises(Invalid):
        begin(desk, stranger)
    monkeypatch.setattr(drafting, "MOST", 1)
    with pytest.raises(Invalid, match="au plus 1"):
        begin(desk)


def test_addresses_typed_copies_and_hidden_copies_are_used(desk):
    pk = begin(desk, desk.lake)
    said = written(to={desk.lake.pk: "a@lac.test; b@lac.test", 999: "x@y.fr"}, cc="cc@lac.test", bcc="cci@loire.test")
    send_proposal(sending_id=pk, written=said, by=desk.by, at=NOW)
    mail = Message.objects.get(kind="date-proposal")
    assert (mail.to, mail.cc, mail.bcc) == (["a@lac.test", "b@lac.test"], ["cc@lac.test"], ["cci@loire.test"])
    assert DateProposal.objects.get().to == ["a@lac.test", "b@lac.test"]


def test_a_wrong_address_is_named_at_its_field_and_nothing_is_kept(desk, monkeypatch):
    pk = begin(desk, desk.lake)
    said = written(to={desk.lake.pk: "claire chez lac"}, cc="pas une adresse", bcc="a@b.fr c@d.fr")
    monkeypatch.setattr(drafting, "MOST_COPIES", 1)
    with pytest.raises(Several) as caught:
        send_proposal(sending_id=pk, written=said, by=desk.by, at=NOW)
    assert {one.field for one in caught.value.refusals} == {f"to_{desk.lake.pk}", "cc", "bcc"}
    assert not Message.objects.exists()
    assert not sending_of(pk).to


def test_a_client_whose_record_holds_no_address_is_named(desk):
    desk.town.email = "mairie arobase reze"
    desk.town.save()
    with pytest.raises(Invalid) as caught:
        send(desk, desk.town)
    assert caught.value.field == ""


def test_who_has_no_address_is_left_aside_and_nobody_at_all_is_refused(desk):
    mute = make_client(desk.organisation, "Sans courriel")
    make_registrations(desk.session, booking_client=mute)
    send(desk, desk.lake, desk.town, desk.lake)
    pk = begin(desk)
    send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)
    assert Entry.objects.filter(what="proposal.sent").latest("pk").detail == {"mails": 2, "skipped": 1}
    with pytest.raises(NobodyToWriteTo):
        send(desk, mute)


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (None, "Choisissez jusqu’à quand"),
        ((date(2026, 11, 23), time(9)), "déjà passée"),
        ((date(2027, 1, 12), time(9)), "avant le début"),
    ],
)
def test_a_deadline_is_asked_for_to_come_and_before_the_session(desk, deadline, said):
    with pytest.raises(Invalid, match=said) as caught:
        send(desk, desk.lake, deadline=deadline)
    assert caught.value.field == "deadline"


def test_words_are_checked(desk):
    with pytest.raises(UnknownVariable):
        send(desk, desk.lake, subject="{prenom}")
    with pytest.raises(Invalid, match=r"\{bouton\}"):
        send(desk, desk.lake, body="{horaires} {echeance}")
    with pytest.raises(Several):
        send(desk, desk.lake, body="")
    with pytest.raises(Several):
        change_draft(sending_id=begin(desk), written=written(subject="x" * 300, body="x" * 30_000), by=desk.by, at=NOW)


def test_a_double_click_sends_once(desk):
    pk = begin(desk, desk.lake)
    for _ in range(2):
        send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)
    assert Message.objects.count() == DateProposal.objects.count() == 1


def test_a_newer_proposal_replaces_the_older_and_says_what_changed(desk):
    first = send(desk, desk.lake)
    desk.session.slots.order_by("starts_at").last().delete()
    desk.session.place = "Salle Erdre"
    desk.session.calendar_sequence += 1
    desk.session.save()
    second = send(desk, desk.lake)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "waiting")
    text = Message.objects.get(about=second.reference).text
    assert "Ne sont plus prévus\n– lundi 11 janvier 2027, 14\u00a0h\u00a0– 17\u00a0h" in text
    assert "– avant\u00a0: Salle Loire, Nantes\n– désormais\u00a0: Salle Erdre, Nantes" in text
    assert "Ne sont plus prévus" not in Message.objects.get(about=first.reference).text


def test_files_are_known_by_their_content_kept_once_and_enclosed_in_each_mail(desk):
    pk = begin(desk)
    change_draft(sending_id=pk, written=written(file=("../Programme.exe", PDF)), by=desk.by, at=NOW)
    row = sending_of(pk)
    assert [one.name for one in queries.files(row)] == ["Programme.pdf"]
    with pytest.raises(NotAttachable):
        change_draft(sending_id=pk, written=written(file=("x.pdf", b"MZ")), by=desk.by, at=NOW)
    send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)
    assert Attachment.objects.filter(name="Programme.pdf").count() == 1
    assert Enclosure.objects.filter(attachment__name="Programme.pdf").count() == 2


def test_a_file_is_taken_off_and_a_draft_thrown_away(desk):
    pk = begin(desk)
    change_draft(sending_id=pk, written=written(file=("a.pdf", PDF)), by=desk.by, at=NOW)
    file = Attachment.objects.get()
    detach_file(sending_id=pk, attachment_id=file.pk, by=desk.by)
    with pytest.raises(Missing):
        detach_file(sending_id=pk, attachment_id=file.pk, by=desk.by)
    discard_draft(sending_id=pk, by=desk.by, at=NOW)
    with pytest.raises(Missing):
        queries.draft(pk, seen_by=desk.by)
    with pytest.raises(Missing):
        send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)


def test_old_drafts_are_forgotten_with_their_files(desk):
    pk = begin(desk)
    change_draft(sending_id=pk, written=written(file=("a.pdf", PDF)), by=desk.by, at=NOW)
    assert forget_old(at=NOW + timedelta(days=29)).done == []
    assert len(forget_old(at=NOW + timedelta(days=31)).done) == 1
    assert not Sending.objects.exists()
    assert not Attachment.objects.exists()


def test_a_draft_is_its_authors_alone(desk):
    pk = begin(desk)
    other = actor_of(make_staff(desk.organisation, "assistant"))
    stranger = actor_of(make_staff(make_organisation()))
    for by in (other, stranger):
        with pytest.raises(Missing):
            queries.draft(pk, seen_by=by)
        with pytest.raises(Missing):
            change_draft(sending_id=pk, written=written(), by=by, at=NOW)
        with pytest.raises(Missing):
            send_proposal(sending_id=pk, written=written(), by=by, at=NOW)
    assert queries.draft(pk, seen_by=desk.by).pk == pk


def test_another_organisations_session_is_missing_and_a_manager_may_not(desk):
    stranger = actor_of(make_staff(make_organisation()))
    with pytest.raises(Missing):
        begin(desk, by=stranger)
    staff = make_staff(desk.organisation, "manager")
    desk.session.managers.add(staff)
    with pytest.raises(Forbidden):
        begin(desk, by=actor_of(staff))
    assert not queries.sendings(seen_by=actor_of(staff)).exists()
    assert not queries.proposals(seen_by=actor_of(staff)).exists()


def test_a_client_that_left_meanwhile_is_not_written_to(desk):
    pk = begin(desk)
    SessionClient.objects.filter(client=desk.town).delete()
    send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)
    assert DateProposal.objects.get().client == desk.lake


def test_registrants_clients_of_an_open_session_are_written_to(desk):
    session = make_session(desk.activity)
    for slot in desk.session.slots.all():
        session.slots.create(starts_at=slot.starts_at, ends_at=slot.ends_at)
    inter = make_client(desk.organisation, "Inter")
    make_contact(inter, "i@inter.test", is_main=True)
    make_registrations(session, booking_client=inter)
    proposal = send(desk, inter, session=session)
    assert proposal.to == ["i@inter.test"]
    row = SessionClient.objects.get(session=session)
    assert (row.client, row.is_chosen, row.standing) == (inter, False, "pending")


def test_a_validation_by_hand_of_these_dates_stands_when_they_are_sent(desk):
    validate_dates(session_id=desk.session.pk, client_id=desk.lake.pk, by=desk.by, at=NOW)
    send(desk, desk.lake)
    assert SessionClient.objects.get(client=desk.lake).standing == "confirmed"


def test_an_hour_that_clocks_jump_over_is_refused(desk):
    pk = begin(desk)
    with pytest.raises(Invalid, match="heure n’existe pas") as caught:
        change_draft(sending_id=pk, written=written(deadline=(date(2027, 3, 28), time(2, 30))), by=desk.by, at=NOW)
    assert caught.value.field == "deadline"
    assert begin_proposal(session_id=desk.session.pk, by=desk.by, at=NOW)


def test_whoever_reads_english_keeps_and_sends_french(desk):
    desk.session.place = desk.session.city = desk.session.address = ""
    desk.session.save()
    with speaking("en"):
        proposal = send(desk, desk.lake)
    assert proposal.sending.place == "Lieu à préciser"
    told = Message.objects.get(about=proposal.reference)
    assert "Lieu : Lieu à préciser" in told.text
    assert "lundi 11 janvier 2027" in told.text
    assert told.language == "fr"
