"""User mode keeps nothing: each page asks again who acts, and who may; both names are written (T53, T54)."""

import pytest

from comptoir.administration.commands import staff as team
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules
from comptoir.journal.models import Entry
from comptoir.organisations.models import Staff
from tests.factories import NOW, make_organisation, make_registrations, make_staff
from tests.house.digests import digest
from tests.web.desk.desk import Desk

pytestmark = pytest.mark.django_db
NEW = {"first_name": "Nina", "last_name": "Relais", "email": ""}
FORBIDDEN = {
    "password": "un-mot-de-passe-neuf", "contact_email": "autre@exemple.fr",
    "accepted": "on", "terms": "1", "acting_for": "quelqu’un d’autre", "by_name": "quelqu’un d’autre",
}  # fmt: skip


@pytest.fixture
def booking(place):
    set_rules(activity_id=place.activity.pk, rules=Rules(may_cancel=True, may_rename=True), by=place.by, at=NOW)
    return make_registrations(
        place.session, people=[("Anne", "Vial", ""), ("Hugo", "Roux", "")],
        booking_contact_name="Claire Lefèvre", booking_contact_email="claire@exemple.fr",
    )[0].booking  # fmt: skip


def acts(booking):
    """Every address of user mode that changes something, and what it would send."""
    row = booking.registrations.first()
    return [
        ("booking-user-cancel", (booking.reference,), {}), ("booking-user-accept", (booking.reference,), {}),
        ("booking-user-method", (booking.reference,), {"method": "transfer"}),
        ("booking-user-rename", (booking.reference, row.pk), NEW),
        ("booking-user-extras", (booking.reference, row.pk), {"extra-1": "1"}),
    ]  # fmt: skip


ALL = range(5)


@pytest.mark.parametrize("number", ALL)
def test_opening_an_act_does_nothing(place, booking, number):
    name, args, _data = acts(booking)[number]
    desk = Desk(Staff.objects.get(pk=place.by.staff_id))
    before = digest()
    assert desk.get("booking-user-mode", booking.reference).status_code == 200
    assert desk.get(name, *args).status_code == 405
    assert digest() == before


@pytest.mark.parametrize("number", ALL)
def test_another_organisation_finds_no_booking(booking, number):
    name, args, data = acts(booking)[number]
    stranger = Desk(make_staff(make_organisation()))
    before = digest()
    assert stranger.post(name, *args, data=data).status_code == 404
    assert digest() == before


@pytest.mark.parametrize("number", ALL)
def test_nobody_signed_in_does_nothing(place, booking, number):
    name, args, data = acts(booking)[number]
    desk = Desk(Staff.objects.get(pk=place.by.staff_id))
    desk.get("booking-user-mode", booking.reference)
    address = desk.address(name, *args)
    desk.browser.logout()
    before = digest()
    assert desk.browser.post(address, data).status_code in (302, 403)
    assert digest() == before


@pytest.mark.parametrize("number", ALL)
def test_a_right_taken_away_meanwhile_ends_it_at_the_next_request(place, booking, number):
    name, args, data = acts(booking)[number]
    manager = Staff.objects.get(pk=place.manager.staff_id)
    desk = Desk(manager)
    assert desk.get("booking-user-mode", booking.reference).status_code == 200
    place.session.managers.remove(manager)
    before = digest()
    assert desk.post(name, *args, data=data).status_code in (403, 404)
    assert digest() == before


@pytest.mark.parametrize("number", ALL)
def test_an_account_closed_meanwhile_ends_it_at_the_next_request(place, booking, number):
    name, args, data = acts(booking)[number]
    manager = Staff.objects.get(pk=place.manager.staff_id)
    desk = Desk(manager)
    assert desk.get("booking-user-mode", booking.reference).status_code == 200
    team.deactivate_staff(staff_id=manager.pk, by=place.by, at=NOW)
    before = digest()
    assert desk.post(name, *args, data=data).status_code in (302, 403)
    assert digest() == before


def test_what_the_page_does_not_ask_changes_nothing(place, booking):
    """Password, address, consent, names of others: sent with an act, they are not read (T50)."""
    desk, row = Desk(Staff.objects.get(pk=place.by.staff_id)), booking.registrations.first()
    user = desk.staff.user
    before = (user.password, user.email, booking.contact_email)
    assert desk.post("booking-user-rename", booking.reference, row.pk, data=NEW | FORBIDDEN).status_code == 302
    user.refresh_from_db()
    booking.refresh_from_db()
    assert (user.password, user.email, booking.contact_email) == before
    entry = Entry.objects.filter(about=booking.reference).latest("pk")
    assert (entry.by_name, entry.as_name) == (place.by.name, "Claire Lefèvre")


def test_no_identity_is_left_when_one_goes_on_elsewhere(place, booking):
    """Nothing is borrowed, so that nothing has to be given back: two tabs, back, leaving without closing."""
    desk, row = Desk(Staff.objects.get(pk=place.by.staff_id)), booking.registrations.first()
    held = dict(desk.browser.session.items())
    desk.get("booking-user-mode", booking.reference)
    desk.get("bookings")
    desk.post("booking-user-rename", booking.reference, row.pk, data=NEW)
    other = make_registrations(place.session, booking_contact_name="Un autre")[0].booking
    desk.get("booking-user-mode", other.reference)
    desk.post("booking-cancel", booking.reference)
    assert {name: value for name, value in desk.browser.session.items() if name in held} == held
    whole = Entry.objects.filter(about=booking.reference).order_by("pk").values_list("by_name", "as_name")
    assert [*whole] == [(place.by.name, "Claire Lefèvre"), (place.by.name, "")]
