"""The desk mends a name, an address, a deadline to pay (F4, C24): who follows, what is refused, who may."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from comptoir.base.errors import Invalid, Missing, Several
from comptoir.bookings.commands import correcting, holding
from comptoir.bookings.commands.holding import NotHeld, lengthen_hold
from comptoir.bookings.models import Booking
from comptoir.bookings.perimeter import OutsidePerimeter
from comptoir.bookings.queries import Search, registrations
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from tests.checkout.direct import booked, make_fair
from tests.factories import NOW, actor_of, make_registrations, make_session, make_staff


@pytest.fixture
def booking(place):
    contact = {"booking_contact_name": "Zoé Vial", "booking_contact_email": "zoe@exmple.fr"}
    found = make_registrations(place.session, 2, **contact)[0].booking
    found.registrations.filter(position=1).update(first_name="Zoé", last_name="Vial", email="zoe@exmple.fr")
    return found


def person(booking, by, *, position=1, first="Zoé", last="Vial", email="zoe@exemple.fr", **more):
    row = booking.registrations.get(position=position)
    correcting.correct_person(
        booking_id=booking.pk, registration_id=row.pk, first_name=first, last_name=last, email=email, by=by, at=NOW,
        **more,
    )  # fmt: skip


def contact(booking, by, *, name="Zoé Vial", email="zoe@exemple.fr", phone="", **more):
    correcting.correct_contact(booking_id=booking.pk, name=name, email=email, phone=phone, by=by, at=NOW, **more)


def found_by(text, by):
    return registrations(seen_by=by, search=Search(text=text)).count()


def test_an_address_is_mended_where_the_contact_is_that_person_and_the_confirmation_leaves_there(place, booking):
    person(booking, place.by, last="Viale", notify=True)
    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_email) == ("Zoé Viale", "zoe@exemple.fr")
    assert Message.objects.get().to == ["zoe@exemple.fr"]
    assert (found_by("zoe@exemple.fr", place.by), found_by("zoe@exmple.fr", place.by)) == (2, 0)
    assert found_by("viale", place.by) == 2, "the contact's name is a key of everybody"
    assert set(Entry.objects.values_list("what", flat=True)) == {"booking.corrected", "booking.confirmation-sent"}


def test_somebody_elses_name_leaves_the_contact_alone_and_nothing_changed_is_no_act(place, booking):
    person(booking, place.by, position=2, first="Ali", last="Benali", email="")
    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_email) == ("Zoé Vial", "zoe@exmple.fr")
    before = Entry.objects.count()
    person(booking, place.by, position=2, first="Ali", last="Benali", email="")
    assert Entry.objects.count() == before


def test_the_contact_is_mended_and_the_person_of_that_address_follows(place, booking):
    contact(booking, place.by, name="Claire Lefèvre", phone="06 12 34 56 78")
    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_phone) == ("Claire Lefèvre", "06 12 34 56 78")
    assert booking.registrations.get(position=1).email == "zoe@exemple.fr"
    assert found_by("lefevre", place.by) == 2


@pytest.mark.parametrize(
    ("act", "fields", "wrong"),
    [
        (person, {"first": "", "last": " ", "email": "zoe"}, {"first_name", "last_name", "email"}),
        (person, {"last": "x" * 81}, {"last_name"}),
        (contact, {"name": "", "email": "", "phone": "0" * 31}, {"name", "email", "phone"}),
        (contact, {"email": "zoe@"}, {"email"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_kept(place, booking, act, fields, wrong):
    with pytest.raises(Invalid) as refused:
        act(booking, place.by, **fields)
    several = refused.value.refusals if isinstance(refused.value, Several) else [refused.value]
    assert {one.field for one in several} == wrong
    assert not Entry.objects.exists()


def test_who_manages_a_part_mends_its_own_people_and_not_the_contact(place, booking):
    other = make_session(place.activity)
    row = booking.registrations.get(position=2)
    type(row).objects.filter(pk=row.pk).update(session=other)
    manager = make_staff(place.organisation, "manager")
    place.session.managers.add(manager)
    by = actor_of(manager)
    person(booking, by)
    booking.refresh_from_db()
    assert booking.contact_email == "zoe@exmple.fr"
    acts = (
        (Missing, lambda: person(booking, by, position=2)), (OutsidePerimeter, lambda: contact(booking, by)),
        (OutsidePerimeter, lambda: person(booking, by, notify=True)),
    )  # fmt: skip
    for refusal, act in acts:
        with pytest.raises(refusal):
            act()


def test_what_was_erased_is_not_typed_again(place, booking):
    Booking.objects.update(erased_at=NOW)
    for act in (person, contact):
        with pytest.raises(Missing):
            act(booking, place.by)


@pytest.fixture
def unpaid(db):
    fair = make_fair()
    return SimpleNamespace(desk=fair.desk, session=fair.session, booking=booked(fair, method="transfer"))


def test_more_time_is_given_told_and_kept_to(unpaid):
    booking = unpaid.booking
    later = booking.held_until.date() + timedelta(days=6)
    lengthen_hold(booking_id=booking.pk, until=later, by=unpaid.desk, at=NOW)
    before, booking.held_until = booking.held_until, None
    booking.refresh_from_db()
    assert booking.held_until > before
    assert booking.held_until.date() == later
    mail = Message.objects.latest("pk")
    assert mail.to == [booking.contact_email]
    assert not holding.expire_holds(at=before).done
    assert holding.expire_holds(at=booking.held_until).done


@pytest.mark.parametrize("days", [-400, 400])
def test_more_time_ends_before_the_session_and_after_today(unpaid, days):
    until = unpaid.session.starts_on + timedelta(days=days)
    with pytest.raises(Invalid) as refused:
        lengthen_hold(booking_id=unpaid.booking.pk, until=until, by=unpaid.desk, at=NOW)
    assert refused.value.field == "until"


def test_nothing_held_is_not_lengthened(place, booking):
    with pytest.raises(NotHeld):
        lengthen_hold(booking_id=booking.pk, until=NOW.date(), by=place.by, at=NOW)
