"""A booking is cancelled, comes back, is validated; one of its people is withdrawn (C8, C14–C17)."""

import itertools

import pytest

from comptoir.base.errors import Missing
from comptoir.bookings import queries
from comptoir.bookings.commands import marking, moving
from comptoir.bookings.commands.moving import NothingToDo
from comptoir.bookings.counting import differences
from comptoir.bookings.models import Booking, Registration, SeatCount
from comptoir.bookings.perimeter import OutsidePerimeter
from comptoir.bookings.seats import NoSeatLeft
from comptoir.bookings.states import (
    MOVES,
    BookingStatus,
    ForbiddenMove,
    PaymentState,
    RegistrationState,
    check_move,
    status_of,
)
from comptoir.journal.models import Entry
from tests.factories import (
    NOW,
    actor_of,
    make_level,
    make_organisation,
    make_registrations,
    make_seat_type,
    make_session,
    make_staff,
)

S = RegistrationState
PAIRS = [pair for pair in itertools.product(S.values, repeat=2) if pair[1] not in MOVES[pair[0]]]


def states(booking):
    return list(booking.registrations.order_by("position").values_list("state", flat=True))


def act(name, booking, by):
    moving.ACTS[name](booking_id=booking.pk, by=by, at=NOW)


@pytest.mark.parametrize(("current", "target"), PAIRS)
def test_what_is_not_in_the_table_is_refused(current, target):
    with pytest.raises(ForbiddenMove):
        check_move(current, target)


@pytest.mark.parametrize(
    ("found", "status"),
    [((), "cancelled"), (("cancelled", "withdrawn"), "cancelled"), (("pending", "cancelled"), "pending"),
     (("validated", "pending", "withdrawn"), "validated")],
)  # fmt: skip
def test_the_status_is_read_from_the_registrations(found, status):
    assert status_of(found) == BookingStatus(status)


def test_cancelled_seats_are_free_and_come_back_all(place):
    booking = make_registrations(place.session, 3)[0].booking
    assert queries.seats_left([place.session.pk])[place.session.pk].left == 1
    act("cancel", booking, place.by)
    assert states(booking) == ["cancelled"] * 3
    assert queries.seats_left([place.session.pk])[place.session.pk].left == 4
    booking.refresh_from_db()
    assert (booking.owed_cents, booking.payment) == (0, PaymentState.FREE)
    act("reactivate", booking, place.by)
    assert states(booking) == ["pending"] * 3
    act("validate", booking, place.by)
    booking.refresh_from_db()
    assert states(booking) == ["validated"] * 3
    assert (booking.owed_cents, booking.payment) == (90_000, PaymentState.DUE)
    assert differences() == {}
    assert list(Entry.objects.order_by("pk").values_list("what", "about")) == [
        ("booking.cancelled", booking.reference), ("booking.reactivated", booking.reference),
        ("booking.validated", booking.reference),
    ]  # fmt: skip


def test_reactivation_takes_all_or_nothing_and_names_what_is_missing(place):
    rate = make_seat_type(place.session, "Étudiant", capacity=1)
    booking = make_registrations(place.session, 1, seat_type=rate)[0].booking
    act("cancel", booking, place.by)
    make_registrations(place.session, 1, seat_type=rate)
    with pytest.raises(NoSeatLeft, match="tarif «\u202fÉtudiant\u202f» complet"):
        act("reactivate", booking, place.by)
    big = make_registrations(place.session, 3)[0].booking
    act("cancel", big, place.by)
    make_registrations(place.session, 2)
    with pytest.raises(NoSeatLeft, match="il reste 1 place"):
        act("reactivate", big, place.by)
    make_registrations(place.session, 1)
    with pytest.raises(NoSeatLeft, match=r"Sauveteur secouriste \d+, le 11 janvier 2027 \(complet\)"):
        act("reactivate", big, place.by)
    assert states(big) == ["cancelled"] * 3
    assert differences() == {}


def test_one_person_is_withdrawn_for_good_and_the_others_stay(place):
    first, second = make_registrations(place.session, 2)
    booking = first.booking
    moving.withdraw_registration(booking_id=booking.pk, registration_id=first.pk, by=place.by, at=NOW)
    assert states(booking) == ["withdrawn", "validated"]
    booking.refresh_from_db()
    assert booking.owed_cents == 30_000
    with pytest.raises(ForbiddenMove):
        moving.withdraw_registration(booking_id=booking.pk, registration_id=first.pk, by=place.by, at=NOW)
    act("cancel", booking, place.by)
    act("reactivate", booking, place.by)
    assert states(booking) == ["withdrawn", "pending"]
    with pytest.raises(Missing):
        moving.withdraw_registration(booking_id=booking.pk, registration_id=second.pk + 1, by=place.by, at=NOW)
    assert differences() == {}


@pytest.mark.parametrize(
    ("state", "refused"),
    [("pending", ("reactivate",)), ("validated", ("reactivate", "validate")), ("cancelled", ("cancel", "validate")),
     ("withdrawn", ("cancel", "reactivate", "validate"))],
)  # fmt: skip
def test_an_act_that_changes_nothing_says_so(place, state, refused):
    booking = make_registrations(place.session, state=state)[0].booking
    for name in refused:
        with pytest.raises(NothingToDo):
            act(name, booking, place.by)


def test_a_manager_acts_on_own_sessions_only(place):
    theirs = make_registrations(place.other)[0].booking
    with pytest.raises(Missing):
        act("cancel", theirs, place.manager)
    shared = make_registrations(place.session)[0]
    outside = make_registrations(place.other)[0]
    Registration.objects.filter(pk=outside.pk).update(booking=shared.booking, position=2)
    with pytest.raises(OutsidePerimeter):
        act("cancel", shared.booking, place.manager)
    with pytest.raises(Missing):
        moving.withdraw_registration(booking_id=shared.booking_id, registration_id=outside.pk, by=place.manager, at=NOW)
    moving.withdraw_registration(booking_id=shared.booking_id, registration_id=shared.pk, by=place.manager, at=NOW)
    found = queries.detail(shared.booking.reference, seen_by=place.manager)
    assert (found.own, found.is_whole) == ({shared.pk}, False)


def test_another_organisation_finds_nothing(place):
    booking = make_registrations(place.session)[0].booking
    stranger = actor_of(make_staff(make_organisation()))
    for name in moving.ACTS:
        with pytest.raises(Missing):
            act(name, booking, stranger)
    with pytest.raises(Missing):
        queries.detail(booking.reference, seen_by=stranger)


def test_a_batch_goes_on_and_says_what_it_skipped(place):
    one, two = (make_registrations(place.session)[0].booking for _ in range(2))
    act("cancel", one, place.by)
    outcome = moving.move_many("cancel", booking_ids=[one.pk, two.pk, 999_999], by=place.by, at=NOW)
    assert outcome.done == [two.reference]
    assert [(skipped.name, skipped.refusal.code) for skipped in outcome.skipped] == [(one.reference, "nothing-to-do")]
    outside = make_registrations(place.other)[0].booking
    untold = moving.move_many("cancel", booking_ids=[outside.pk], by=place.manager, at=NOW)
    assert (untold.done, untold.skipped) == ([], []), "not even its reference"


def test_a_label_and_a_level_for_many(place):
    one, two = (make_registrations(place.session)[0].booking for _ in range(2))
    level = make_level(place.organisation, "Convoquée")
    ids = [one.pk, two.pk]
    done = marking.label_many(booking_ids=ids, label="  VIP ", by=place.by, at=NOW)
    marking.set_level_of_many(booking_ids=ids, level_id=level.pk, by=place.by, at=NOW)
    assert sorted(done.done) == sorted([one.reference, two.reference])
    assert set(Booking.objects.values_list("label", flat=True)) == {"VIP"}
    assert set(Registration.objects.values_list("level", flat=True)) == {level.pk}
    entries = Entry.objects.count()
    assert marking.label_many(booking_ids=ids, label="VIP", by=place.by, at=NOW).skipped == []
    assert marking.set_level_of_many(booking_ids=ids, level_id=level.pk, by=place.by, at=NOW).skipped == []
    assert Entry.objects.count() == entries, "nothing changed, nothing is told"
    refused = marking.label_many(booking_ids=ids, label="é" * 41, by=place.by, at=NOW)
    assert {one.refusal.field for one in refused.skipped} == {"label"}
    closed = make_level(place.organisation, "Fermé", is_active=False)
    assert len(marking.set_level_of_many(booking_ids=ids, level_id=closed.pk, by=place.by, at=NOW).skipped) == 2


def test_the_counts_are_seen_to_differ(place):
    """Sabotage: a registration that no count knows of is found."""
    row = make_registrations(place.session)[0]
    SeatCount.objects.update(validated=0)
    scope = (row.session_id, None)
    assert {key: (one["validated"], two["validated"]) for key, (one, two) in differences().items()} == {scope: (0, 1)}


def test_the_list_is_counted_from_the_seat_counts_and_never_differs(place):
    rate = make_seat_type(place.other)
    make_registrations(place.session, 2)
    make_registrations(place.other, 3, seat_type=rate, state="pending")
    make_registrations(make_session(place.activity), 1, state="cancelled")
    searches = [
        queries.Search(), queries.Search(state="pending"), queries.Search(session_id=place.session.pk),
        queries.Search(seat_type_id=rate.pk), queries.Search(activity_id=place.activity.pk, state="cancelled"),
        queries.Search(text="claire martin"), queries.Search(payment="due"), queries.Search(first=NOW.date()),
    ]  # fmt: skip
    for reader in (place.by, place.manager):
        for search in searches:
            found = queries.registrations(seen_by=reader, search=search)
            assert queries.count(seen_by=reader, search=search) == found.count(), (reader, search)
    assert queries.count(seen_by=place.manager, search=queries.Search()) == 2


def test_words_are_found_in_part_whatever_case_and_accents(place):
    people = [("Élodie", "Le Bihan", "elodie.lb@exemple.fr"), ("Hugo", "Marchand", "")]
    named = {"booking_contact_name": "Anne Vial", "booking_contact_email": "anne@mairie.fr"}
    row, other = make_registrations(place.session, people=people, **named)

    def found(text):
        return {one.pk for one in queries.registrations(seen_by=place.by, text=text)}

    assert found("elodie BIH") == found("lb@exemple") == {row.pk}
    assert found(row.booking.reference.lower()) == found("anne vial") == found("anne@mairie.fr") == {row.pk, other.pk}
    assert found("elodie.lb@exemple.fr") == found("@exemple.fr") == found("elodie.lb@") == {row.pk}
    assert found("elodie.lb@exemple.com") == set()
    assert found("elodie marchand") == set()
