"""« État confirmation » (D8), « Confirmation dates client » (D9), the switch (D10), dates that move (D11)."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.catalogue.commands.publication import move_session
from comptoir.catalogue.commands.slots import shift_session
from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import sessions
from comptoir.proposals import queries, standing
from comptoir.proposals.commands.clients import (
    FromRegistrations,
    NotPlanned,
    add_client,
    remove_client,
    undo_validation,
    validate_dates,
)
from comptoir.proposals.models import DateProposal, SessionClient
from comptoir.proposals.states import Confirmation
from tests.factories import (
    actor_of,
    make_activity,
    make_client,
    make_organisation,
    make_registrations,
    make_session,
    make_staff,
)
from tests.proposals.conftest import DUE, NOW, reply, send


def party(desk, client=None, at=NOW):
    session = queries.session_open_to(desk.session.pk, seen_by=desk.by)
    found = {one.client_id: one for one in queries.parties(session, seen_by=desk.by, at=at)}
    return found.get((client or desk.lake).pk)


def said(desk, **named):
    return party(desk, **named).said.replace("\u00a0", " ")


def column(desk, session=None, at=NOW):
    pk = (session or desk.session).pk
    return standing.of_sessions(standing.numbered([pk], seen_by=desk.by), at=at)[pk]


def hand(desk, command, client=None, **named):
    command(session_id=desk.session.pk, client_id=(client or desk.lake).pk, **{"by": desk.by, "at": NOW, **named})


def move(desk, at=NOW):
    day = Session.objects.get(pk=desk.session.pk).starts_on + timedelta(days=7)
    shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=at)


def test_the_four_sentences_word_for_word(desk):
    assert said(desk) == ""
    proposal = send(desk, desk.lake)
    awaited = "Date(s) en attente de confirmation - Envoyé le 23 novembre 2026 - (échéance 30 novembre 2026 à 18 h)"
    assert said(desk) == awaited
    reply(proposal, at=NOW + timedelta(days=1))
    assert said(desk) == "Date(s) acceptée(s) le 24 novembre 2026"
    reply(proposal, "declined", at=NOW + timedelta(days=2))
    assert said(desk) == "Date(s) déclinée(s) le 25 novembre 2026"
    hand(desk, validate_dates)
    assert said(desk) == "Date(s) validée(s) manuellement"


def test_the_four_values_word_for_word():
    assert [str(one) for one in Confirmation.labels] == [
        "À confirmer", "En attente de confirmation", "Confirmé", "Décliné"
    ]  # fmt: skip


def test_a_session_follows_its_only_client(desk):
    hand(desk, remove_client, desk.town)
    assert column(desk) == ("to_confirm", False)
    proposal = send(desk, desk.lake)
    assert column(desk) == ("pending", False)
    reply(proposal)
    assert column(desk) == ("confirmed", False)
    reply(proposal, "declined")
    assert column(desk) == ("declined", False)
    assert party(desk).label == "Décliné"


def test_of_several_clients_one_declined_decides_else_the_least_advanced(desk):
    lake, town = send(desk, desk.lake, desk.town)
    reply(lake)
    assert column(desk) == ("pending", False)
    reply(town, "declined")
    assert column(desk) == ("declined", False)
    reply(town, "accepted")
    assert column(desk) == ("confirmed", False)
    third = make_client(desk.organisation, "Tiers")
    hand(desk, add_client, third)
    assert column(desk) == ("to_confirm", False)


def test_a_passed_deadline_is_overdue_at_the_next_second(desk):
    send(desk, desk.lake, desk.town)
    assert not party(desk, at=DUE).is_overdue
    assert column(desk, at=DUE) == ("pending", False)
    late = DUE + timedelta(seconds=1)
    assert party(desk, at=late).is_overdue
    assert column(desk, at=late) == ("pending", True)


def test_dates_that_move_put_every_client_back_to_confirm(desk):
    lake, _town = send(desk, desk.lake, desk.town)
    reply(lake)
    hand(desk, validate_dates, desk.town)
    assert column(desk) == ("confirmed", False)
    move(desk)
    assert column(desk, at=DUE + timedelta(days=1)) == ("to_confirm", False)
    for client in (desk.lake, desk.town):
        one = party(desk, client)
        assert (one.label, one.said, one.has_moved, one.is_validated) == ("À confirmer", "", True, False)
    new = send(desk, desk.lake, desk.town)
    assert column(desk) == ("pending", False)
    assert [one.sequence for one in new] == [lake.sequence + 1] * 2


def test_the_switch_keeps_its_author_and_is_undone(desk):
    hand(desk, validate_dates)
    hand(desk, validate_dates, at=NOW + timedelta(days=1))
    row = party(desk).row
    assert (row.validated_at, row.validated_by_name) == (NOW, desk.by.name)
    hand(desk, undo_validation)
    hand(desk, undo_validation)
    assert party(desk).label == "À confirmer"
    send(desk, desk.lake)
    hand(desk, validate_dates)
    assert party(desk).label == "Confirmé"
    hand(desk, undo_validation)
    assert party(desk).label == "En attente de confirmation"


def test_the_switch_asks_for_dates_and_a_client_of_the_session(desk):
    with pytest.raises(Missing):
        hand(desk, validate_dates, make_client(desk.organisation, "Tiers"))
    with pytest.raises(Missing):
        hand(desk, undo_validation, make_client(desk.organisation, "Tiers"))
    desk.session.slots.all().delete()
    with pytest.raises(NotPlanned):
        hand(desk, validate_dates)


def test_clients_of_an_in_house_session_are_added_once_and_removed(desk):
    hand(desk, add_client)
    proposal = send(desk, desk.lake)
    hand(desk, remove_client)
    proposal.refresh_from_db()
    assert (proposal.state, party(desk)) == ("withdrawn", None)
    with pytest.raises(Missing):
        hand(desk, remove_client)
    hand(desk, add_client)
    assert [one.state for one in party(desk).proposals] == ["withdrawn"]
    with pytest.raises(Invalid):
        hand(desk, add_client, make_client(make_organisation(), "Ailleurs"))


def test_a_client_removed_that_has_a_seat_is_still_one(desk):
    make_registrations(desk.session, booking_client=desk.lake)
    proposal = send(desk, desk.lake)
    hand(desk, remove_client)
    proposal.refresh_from_db()
    assert (party(desk).seats, party(desk).is_chosen, proposal.state) == (1, False, "waiting")
    hand(desk, remove_client, desk.town)
    assert party(desk, desk.town) is None


def test_clients_of_an_open_session_come_from_its_registrations(desk):
    session = make_session(desk.activity)
    assert column(desk, session) == ("", False)
    with pytest.raises(FromRegistrations):
        add_client(session_id=session.pk, client_id=desk.lake.pk, by=desk.by, at=NOW)
    make_registrations(session, state="cancelled", booking_client=desk.town)
    assert column(desk, session) == ("", False)
    make_registrations(session, booking_client=desk.lake)
    assert column(desk, session) == ("to_confirm", False)
    move_session(session_id=session.pk, to="cancelled", by=desk.by, at=NOW)
    assert column(desk, session) == ("", False)


def test_the_list_is_narrowed_and_counted(desk):
    send(desk, desk.lake, desk.town)
    make_registrations(make_session(desk.activity), booking_client=desk.lake)
    make_session(desk.activity)
    rows, late = sessions(seen_by=desk.by), DUE + timedelta(days=1)
    counts = standing.counts(rows, at=late, organisation_id=desk.by.organisation_id)
    assert counts == {"": 1, "to_confirm": 1, "pending": 1, "confirmed": 0, "declined": 0, "overdue": 1}
    assert [one.pk for one in standing.narrowed(rows, "pending", at=late)] == [desk.session.pk]
    assert [one.pk for one in standing.narrowed(rows, "overdue", at=late)] == [desk.session.pk]
    assert not standing.narrowed(rows, "overdue", at=NOW)
    assert not standing.narrowed(rows, "confirmed", at=NOW)


def test_the_counts_say_what_the_column_says_of_each(desk):
    elsewhere = make_session(make_activity(make_organisation()))
    make_registrations(elsewhere, booking_client=make_client(elsewhere.organisation))
    make_session(desk.activity)
    known = list(product([None, *Confirmation.values], repeat=2))
    for (lake, town), has_seat, state, moved in product(known, (True, False), ("open", "cancelled"), (0, 1)):
        session = make_session(desk.activity, state=state)
        for client, said_so in ((desk.lake, lake), (desk.town, town)):
            if said_so:
                SessionClient.objects.create(
                    session=session, client=client, standing=said_so, sequence=moved, added_at=NOW,
                    due_at=DUE if said_so == "pending" else None,
                )  # fmt: skip
        if has_seat:
            make_registrations(session, booking_client=desk.town)
    rows = sessions(seen_by=desk.by)
    ids = list(rows.values_list("pk", flat=True))
    shown = Counter(
        one for one, _late in standing.of_sessions(standing.numbered(ids, seen_by=desk.by), at=NOW).values()
    )
    counts = standing.counts(rows, at=NOW, organisation_id=desk.by.organisation_id)
    assert counts == {**dict.fromkeys(counts, 0), **shown}
    assert all(counts[one] for one in ("", *Confirmation.values))
    some = rows.filter(state="open", pk__gt=ids[0])
    assert standing.counts(some, at=NOW, organisation_id=desk.by.organisation_id)["pending"] == len(
        standing.narrowed(some, "pending", at=NOW)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_tabs_cost_the_same_for_any_number_of_rows(desk, count, django_assert_num_queries):
    for number in range(count):
        client = make_client(desk.organisation, f"Client {number}", email=f"c{number}@exemple.test")
        hand(desk, add_client, client)
    send(desk, desk.lake, desk.town)
    session = queries.session_open_to(desk.session.pk, seen_by=desk.by)
    with django_assert_num_queries(6):
        queries.parties(session, seen_by=desk.by, at=NOW)
    with django_assert_num_queries(1):
        column(desk)


def test_managers_and_strangers_see_no_client(desk):
    staff = make_staff(desk.organisation, "manager")
    desk.session.managers.add(staff)
    assert queries.parties(desk.session, seen_by=actor_of(staff), at=NOW) == []
    with pytest.raises(Missing):
        queries.session_open_to(desk.session.pk, seen_by=actor_of(staff))
    with pytest.raises(Forbidden):
        hand(desk, validate_dates, by=actor_of(staff))
    with pytest.raises(Missing):
        hand(desk, validate_dates, by=actor_of(make_staff(make_organisation())))


def test_the_database_refuses_two_living_proposals(desk):
    proposal = send(desk, desk.lake)
    proposal.pk, proposal.reference = None, "PD-AUTRE"
    with pytest.raises(Exception, match=r"(?i)unique"):
        proposal.save()


def test_rows_say_what_they_are(desk):
    proposal = reply(send(desk, desk.lake))
    assert str(proposal) == proposal.reference
    assert str(proposal.sending) == proposal.sending.reference
    assert str(proposal.answers.get()) == f"{proposal.pk}.1 accepted"
    assert str(SessionClient.objects.get(client=desk.lake)) == f"{desk.session.pk}/{desk.lake.pk}"
    assert DateProposal.objects.count() == 1


def test_a_registrant_to_whom_nothing_was_sent_is_to_confirm(desk):
    session = make_session(desk.activity)
    make_registrations(session, 2, booking_client=desk.lake)
    (one,) = queries.parties(queries.session_open_to(session.pk, seen_by=desk.by), seen_by=desk.by, at=NOW)
    assert (one.label, one.said, one.seats, one.is_chosen) == ("À confirmer", "", 2, False)
