"""What a registrant may do by the secret link: only what every activity allows, until its day (C11, C14)."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from comptoir.base.errors import Invalid, Missing, Several
from comptoir.bookings.commands import confirming, registrant
from comptoir.bookings.commands.confirming import NobodyToWriteTo
from comptoir.bookings.commands.moving import NothingToDo
from comptoir.bookings.commands.own_hand import opened
from comptoir.bookings.commands.registrant import TooLate
from comptoir.bookings.counting import differences
from comptoir.bookings.links import address_of, link_of, opened_by
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.own import own
from comptoir.bookings.perimeter import OutsidePerimeter
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules, rules_of
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations import actors
from tests.factories import NOW, make_activity, make_organisation, make_registrations, make_session

OPEN = Rules(may_cancel=True, may_rename=True, until_days=2)
LAST = datetime(2027, 1, 9, 22, 59, tzinfo=UTC)  # 23:59 in Paris, two days before
AFTER = datetime(2027, 1, 9, 23, 0, tzinfo=UTC)


@pytest.fixture
def booking(place):
    set_rules(activity_id=place.activity.pk, rules=OPEN, by=place.by, at=NOW)
    named = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    return make_registrations(place.session, 2, **named)[0].booking


def me(booking):
    return actors.registrant(booking.organisation_id)


def cancel(booking, *, at=NOW, link=None):
    registrant.cancel_own(reference=booking.reference, link=link or link_of(booking), by=me(booking), at=at)


def rename(booking, row=None, *, at=NOW, first="Zoé", last="Vial", email="zoe@exemple.fr"):
    registrant.rename_own(
        reference=booking.reference, link=link_of(booking), first_name=first, last_name=last, email=email,
        registration_id=(row or booking.registrations.first()).pk, by=me(booking), at=at,
    )  # fmt: skip


@pytest.mark.parametrize("several", [False, True])
def test_opening_costs_the_same_for_any_number_of_activities(several, place, booking, django_assert_num_queries):
    if several:
        elsewhere = make_session(make_activity(place.organisation, title="Autre"))
        Registration.objects.filter(pk=booking.registrations.last().pk).update(session=elsewhere)
    with transaction.atomic(), django_assert_num_queries(5):
        _held, mine = opened(booking.reference, link_of(booking), by=me(booking), at=NOW)
    assert len({row.session_id for row in mine.rows}) == 1 + several
    assert mine.may_rename is not several  # the other activity allows nothing


def test_a_link_opens_one_booking_of_one_organisation(place, booking):
    link = link_of(booking)
    assert len(link) == 43
    assert opened_by(booking.reference, link, organisation_id=booking.organisation_id) == booking
    other = make_registrations(place.session)[0].booking
    assert link_of(other) != link
    assert opened_by(other.reference, link, organisation_id=booking.organisation_id) is None
    stranger = make_organisation()
    assert opened_by(booking.reference, link, organisation_id=stranger.pk) is None
    Booking.objects.create(organisation=stranger, reference=booking.reference, created_at=NOW)
    assert opened_by(booking.reference, link, organisation_id=stranger.pk) is None
    for place_of in range(0, 43, 3):
        flipped = link[:place_of] + chr(ord(link[place_of]) ^ 1) + link[place_of + 1 :]
        assert opened_by(booking.reference, flipped, organisation_id=booking.organisation_id) is None
    assert address_of(booking).endswith(f"/reservation/{booking.reference}/{link}/")


def test_another_secret_key_makes_other_links(booking, settings):
    link = link_of(booking)
    settings.SECRET_KEY = "another-secret-key-of-fifty-characters-at-the-very-least"
    assert link_of(booking) != link


def test_cancel_until_the_last_evening(booking):
    assert own(booking, at=LAST).may_cancel
    assert not own(booking, at=AFTER).may_cancel
    with pytest.raises(TooLate):
        cancel(booking, at=AFTER)
    cancel(booking, at=LAST)
    assert set(booking.registrations.values_list("state", flat=True)) == {"cancelled"}
    assert differences() == {}
    with pytest.raises(NothingToDo):
        cancel(booking)
    assert Entry.objects.filter(what="booking.cancelled-by-registrant", by_name="inscrit").count() == 1


def test_a_wrong_link_does_nothing(booking):
    with pytest.raises(Missing):
        cancel(booking, link="x" * 43)
    with pytest.raises(Missing):
        cancel(Booking(reference="R-000000000", organisation_id=booking.organisation_id))
    assert booking.registrations.filter(state="validated").count() == 2


def test_without_rules_nothing_is_allowed(place):
    booking = make_registrations(make_session(make_activity(place.organisation)))[0].booking
    found = own(booking, at=NOW)
    assert (found.may_cancel, found.may_rename, found.until) == (False, False, None)
    with pytest.raises(TooLate):
        cancel(booking)
    with pytest.raises(TooLate):
        rename(booking)


def test_the_strictest_activity_decides(place, booking):
    strict = make_registrations(make_session(make_activity(place.organisation)))[0]
    Registration.objects.filter(pk=strict.pk).update(booking=booking, position=3)
    assert not own(booking, at=NOW).may_cancel
    set_rules(activity_id=strict.session.activity_id, rules=Rules(True, False, 60), by=place.by, at=NOW)
    found = own(booking, at=NOW)
    assert (found.may_cancel, found.may_rename) == (False, False), "sixty days before is past"


def test_somebody_else_has_the_seat(booking):
    row = booking.registrations.first()
    rename(booking, row, first="  Zoé ", email="ZOE@exemple.fr")
    row.refresh_from_db()
    assert (row.first_name, row.last_name, row.email) == ("Zoé", "Vial", "zoe@exemple.fr")
    assert "vial zoe" in row.search_key
    with pytest.raises(Several) as told:
        rename(booking, first=" ", last="x" * 81, email="zoe@")
    assert [one.field for one in told.value.refusals] == ["first_name", "last_name", "email"]
    with pytest.raises(TooLate):
        rename(booking, at=AFTER)
    cancel(booking)
    with pytest.raises(Missing):
        rename(booking)


def test_rules_are_set_by_who_holds_the_catalogue(place):
    with pytest.raises(Invalid):
        set_rules(activity_id=place.activity.pk, rules=Rules(until_days=366), by=place.by, at=NOW)
    set_rules(activity_id=place.activity.pk, rules=Rules(), by=place.by, at=NOW)
    assert not Entry.objects.exists(), "nothing changed"
    set_rules(activity_id=place.activity.pk, rules=OPEN, by=place.by, at=NOW)
    assert rules_of([place.activity.pk, 999]) == {place.activity.pk: OPEN, 999: Rules()}


def test_the_confirmation_carries_the_link(place, booking):
    confirming.send_confirmation(booking_id=booking.pk, by=place.by, at=NOW)
    confirming.send_confirmation(booking_id=booking.pk, by=place.by, at=NOW)
    mail = Message.objects.get()
    assert mail.to == ["claire@exemple.fr"]
    assert address_of(booking) in mail.text
    assert "Claire Martin" in mail.text
    nobody = make_registrations(place.session)[0].booking
    done = confirming.send_many(booking_ids=[booking.pk, nobody.pk], by=place.by, at=NOW)
    assert done.done == [booking.reference]
    assert [one.refusal.code for one in done.skipped] == ["nobody-to-write-to"]
    cancel(booking)
    with pytest.raises(NobodyToWriteTo):
        confirming.send_confirmation(booking_id=booking.pk, by=place.by, at=NOW)


def test_a_manager_of_a_part_sends_no_link_to_the_whole(place, booking):
    outside = make_registrations(place.other)[0]
    Registration.objects.filter(pk=outside.pk).update(booking=booking, position=3)
    with pytest.raises(OutsidePerimeter):
        confirming.send_confirmation(booking_id=booking.pk, by=place.manager, at=NOW)
