"""Names, addresses and the delay to pay are mended from the booking's page (F4): who may, what stays, what is sent."""

import pytest

from comptoir.bookings.models import Booking
from comptoir.mail.models import Message
from tests.checkout.direct import booked, make_fair
from tests.factories import make_organisation, make_session, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    made = make_fair()
    made.booking = booked(made)
    Message.objects.all().delete()
    made.row = made.booking.registrations.get()
    made.page = f"/{made.organisation.slug}/bureau/inscriptions/{made.booking.reference}/"
    return made


def test_a_participant_is_mended_and_the_confirmation_sent_to_the_contact(client, fair):
    client.force_login(fair.staff.user)
    address = f"{fair.page}inscrits/{fair.row.pk}/correction/"
    assert address in client.get(fair.page).content.decode()
    assert 'value="Hugo"' in client.get(address).content.decode()
    wrong = client.post(address, {"first_name": "", "last_name": "Marchand", "email": "hugo@"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"first_name", "email"})
    said = {"first_name": "Hugo", "last_name": "Marchant", "email": "hugo@exemple.fr", "notify": "on"}
    assert "la confirmation part à l’instant" in client.post(address, said, follow=True).content.decode()
    fair.row.refresh_from_db()
    assert (fair.row.last_name, fair.row.email) == ("Marchant", "hugo@exemple.fr")
    assert Message.objects.get().to == ["claire@exemple.fr"]


def test_the_contact_is_mended(client, fair):
    client.force_login(fair.staff.user)
    address = f"{fair.page}contact/correction/"
    wrong = client.post(address, {"name": "Claire Perrin", "email": ""})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"email"})
    client.post(address, {"name": "Claire Perrin", "email": "claire.perrin@exemple.fr", "phone": ""})
    fair.booking.refresh_from_db()
    assert fair.booking.contact_email == "claire.perrin@exemple.fr"
    assert not Message.objects.exists()


def test_more_time_to_pay_is_given(client, fair):
    client.force_login(fair.staff.user)
    address = f"{fair.page}delai/"
    assert address in client.get(fair.page).content.decode()
    late = client.post(address, {"until": "2100-01-01"})
    assert (late.status_code, set(late.context["form"].errors)) == (422, {"until"})
    before = fair.booking.held_until
    until = fair.session.begins_at.date().replace(day=1)
    assert client.post(address, {"until": until.isoformat()}).status_code == 302
    fair.booking.refresh_from_db()
    assert fair.booking.held_until != before
    Booking.objects.update(held_until=None)
    refused = client.post(address, {"until": until.isoformat()})
    assert (refused.status_code, "Aucune place n’est gardée" in refused.content.decode()) == (422, True)


def test_of_another_organisation_outside_the_perimeter_or_erased_it_is_not_there(client, fair):
    stranger = make_staff(make_organisation("ailleurs"))
    manager = make_staff(fair.organisation, "manager")
    make_session(fair.activity, managers=[manager])
    tails = (f"inscrits/{fair.row.pk}/correction/", "contact/correction/", "delai/")
    for user in (stranger.user, manager.user):
        client.force_login(user)
        for tail in tails:
            assert client.get(f"{fair.page}{tail}").status_code in (403, 404)
            assert client.post(f"{fair.page}{tail}", {}).status_code in (403, 404)
    client.force_login(fair.staff.user)
    Booking.objects.update(erased_at=fair.booking.created_at)
    for tail in tails[:2]:
        assert client.get(f"{fair.page}{tail}").status_code == 404
