"""A letter is queued for each address of those chosen, once; who is left out is kept with the reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.base.errors import Invalid, Missing
from comptoir.journal.models import Entry
from comptoir.letters import queries
from comptoir.letters.commands.drafting import MOST, begin_convocation, begin_letter, detach_file
from comptoir.letters.commands.sending import NobodyToWriteTo
from comptoir.letters.models import Letter, Recipient
from comptoir.mail.models import Message
from comptoir.mail.parsing import UnknownVariable
from tests.factories import NOW, actor_of, make_organisation, make_registrations, make_session, make_staff
from tests.letters.conftest import begin, send


def addresses():
    return sorted(one.to[0] for one in Message.objects.all())


def reasons(letter):
    rows = Recipient.objects.filter(letter=letter, message__isnull=True).select_related("registration")
    return {one.registration.first_name: one.skipped for one in rows}


def test_each_participant_has_a_mail_of_their_own(desk):
    letter = send(desk, begin(desk, desk.hugo, desk.anne, desk.mute, desk.gone))
    assert addresses() == ["anne@exemple.fr", "hugo@exemple.fr"]
    assert reasons(letter) == {"Zoé": "no_address", "Ugo": "cancelled"}
    mail = Message.objects.get(to=["hugo@exemple.fr"])
    assert mail.about == desk.hugo.booking.reference
    assert "Bonjour Hugo Marchand," in mail.text
    assert "lundi 11 janvier 2027" in mail.text
    assert "Salle Loire" in mail.text
    assert letter.state == "sent"
    assert Entry.objects.get(what="letter.sent").about == letter.reference


def test_contacts_have_one_mail_a_booking_with_their_own_link(desk):
    send(desk, begin(desk, desk.hugo, desk.anne, desk.mute), audience="contacts")
    assert addresses() == ["claire@exemple.fr", "paul@exemple.fr"]
    mail = Message.objects.get(to=["claire@exemple.fr"])
    assert "Bonjour Claire Lefèvre," in mail.text
    assert f"/reservation/{desk.hugo.booking.reference}/" in mail.text
    assert Recipient.objects.filter(message=mail).count() == 2


def test_an_address_shared_in_a_booking_is_written_to_once(desk):
    people = [("Ana", "Sol", "tous@exemple.fr"), ("Bea", "Sol", "Tous@exemple.fr")]
    rows = make_registrations(desk.session, people=people)
    send(desk, begin(desk, *rows))
    assert "Bonjour Ana Sol et Bea Sol," in Message.objects.get().text


def test_the_secret_link_is_the_contacts_alone(desk):
    send(desk, begin(desk, desk.hugo))
    assert "/reservation/" not in Message.objects.get().text + Message.objects.get().html


def test_those_cancelled_are_written_to_on_purpose_only(desk):
    send(desk, begin(desk, desk.gone, desk.hugo), with_cancelled=True)
    assert addresses() == ["hugo@exemple.fr", "ugo@exemple.fr"]


def test_a_double_click_sends_nothing_twice(desk):
    letter = begin(desk, desk.hugo)
    send(desk, letter)
    send(desk, letter)
    assert Message.objects.count() == 1
    assert Entry.objects.filter(what="letter.sent").count() == 1


def test_another_letter_to_the_same_people_is_another_mail(desk):
    send(desk, begin(desk, desk.hugo))
    send(desk, begin(desk, desk.hugo))
    assert Message.objects.count() == 2


def test_an_unknown_variable_is_named_and_nothing_leaves(desk):
    letter = begin(desk, desk.hugo)
    with pytest.raises(UnknownVariable, match=r"\{prenom\}"):
        send(desk, letter, body="Bonjour {prenom}")
    letter.refresh_from_db()
    assert (letter.state, Message.objects.count(), Recipient.objects.count()) == ("draft", 0, 0)


def test_nobody_to_write_to_is_refused(desk):
    with pytest.raises(NobodyToWriteTo):
        send(desk, begin(desk, desk.mute))


def test_a_manager_writes_to_those_managed_only(desk):
    letter = begin(desk, desk.hugo, desk.away, by=desk.manager)
    send(desk, letter, by=desk.manager)
    assert (addresses(), letter.outside) == (["hugo@exemple.fr"], 1)


def test_each_reader_sees_the_recipients_of_the_perimeter(desk):
    letter = send(desk, begin(desk, desk.hugo, desk.away))
    seen = queries.recipients(letter, seen_by=desk.manager)
    assert [one.registration_id for one in seen] == [desk.hugo.pk]
    assert queries.counts(letter, seen_by=desk.manager) == {"queued": 1}
    assert queries.sizes([letter], seen_by=desk.manager) == {letter.pk: 1}
    other = send(desk, begin(desk, desk.away))
    assert list(queries.sent(seen_by=desk.manager)) == [letter]
    with pytest.raises(Missing):
        queries.letter(other.pk, seen_by=desk.manager)


def test_a_draft_is_its_authors_alone(desk):
    letter = begin(desk, desk.hugo)
    with pytest.raises(Missing):
        queries.draft(letter.pk, seen_by=desk.manager)
    with pytest.raises(Missing):
        send(desk, letter, by=actor_of(make_staff(desk.organisation)))
    with pytest.raises(Missing):
        send(desk, letter, by=actor_of(make_staff(make_organisation())))


def test_a_convocation_is_for_all_who_are_validated(desk):
    make_registrations(desk.session, state="pending", people=[("Pas", "Encore", "x@exemple.fr")])
    letter = Letter.objects.get(pk=begin_convocation(session_id=desk.session.pk, by=desk.manager, at=NOW))
    assert sorted(letter.chosen) == sorted(row.pk for row in (desk.hugo, desk.anne, desk.mute))
    assert (letter.kind, "convoquer" in letter.body) == ("convocation", True)
    with pytest.raises(Missing):
        begin_convocation(session_id=desk.other.pk, by=desk.manager, at=NOW)


def test_nobody_is_called_to_a_session_that_is_off_nor_from_the_list(desk):
    type(desk.other).objects.filter(pk=desk.other.pk).update(state="cancelled")
    waiting = make_registrations(desk.session, state="waiting", people=[("Ida", "Sur", "ida@exemple.fr")])[0]
    letter = send(desk, begin(desk, desk.away, waiting, desk.hugo, kind="convocation"))
    assert reasons(letter) == {"Léa": "session_off", "Ida": "waiting"}
    send(desk, begin(desk, desk.away, waiting))
    assert addresses() == ["hugo@exemple.fr", "ida@exemple.fr", "lea@exemple.fr"]


@pytest.mark.parametrize("ids", [[], range(MOST + 1)])
def test_nobody_or_too_many_is_refused(desk, ids):
    with pytest.raises(Exception, match=r"au moins|au plus"):
        begin_letter(registration_ids=list(ids), by=desk.by, at=NOW)


def queries_of(desk, kind, counts, sessions):
    """How many queries a letter takes, to so many people of each of so many sessions."""
    met = [desk.session, *(make_session(desk.activity) for _ in range(sessions - 1))]
    people = [("P", str(n), f"p{n}@exemple.fr") for n in range(counts)]
    letter = begin(desk, *(row for session in met for row in make_registrations(session, people=people)), kind=kind)
    with CaptureQueriesContext(connection) as caught:
        send(desk, letter)
    return len(caught)


def test_the_queries_do_not_grow_with_the_people_nor_the_sessions(desk):
    assert queries_of(desk, "convocation", 3, 1) == queries_of(desk, "convocation", 60, 1)
    assert queries_of(desk, "letter", 1, 1) == queries_of(desk, "letter", 2, 6)


def test_what_is_not_there_is_said(desk):
    letter = begin(desk, desk.hugo)
    with pytest.raises(Missing):
        detach_file(letter_id=letter.pk, attachment_id=1, by=desk.by)
    with pytest.raises(Missing):
        queries.paper(letter, desk.away.pk, seen_by=desk.by)
    with pytest.raises(Invalid):
        send(desk, letter, audience="tout le monde")
    with pytest.raises(Invalid):
        begin_letter(registration_ids=[1], kind="client-number", by=desk.by, at=NOW)


def test_its_names_in_a_log_say_nothing_of_anybody(desk):
    letter = send(desk, begin(desk, desk.hugo))
    assert str(letter) == letter.reference
    assert str(letter.recipients.get()) == f"{letter.pk}/{desk.hugo.pk}"


def test_without_any_participants_address_it_is_to_the_contacts(desk):
    assert begin(desk, desk.mute).audience == "contacts"
    assert begin(desk, desk.mute, desk.hugo).audience == "participants"
