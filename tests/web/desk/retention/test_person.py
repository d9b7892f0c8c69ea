"""One person's data at the desk: found, downloaded, erased; the address is in no link."""

import io
import zipfile

import pytest

from comptoir.clients.models import Contact
from comptoir.journal.models import Entry
from comptoir.members.models import Member
from comptoir.retention.models import Certificate
from tests.factories import (
    make_activity,
    make_client,
    make_contact,
    make_member,
    make_organisation,
    make_registrations,
    make_session,
    make_staff,
    make_user,
)
from tests.web.desk.desk import Desk, said, words

pytestmark = pytest.mark.django_db
MAIL = "zorglub@exemple.fr"


@pytest.fixture
def desk():
    return Desk(make_staff(make_organisation("loire")))


@pytest.fixture
def booking(desk):
    session = make_session(make_activity(desk.staff.organisation), price_cents=0)
    people = [("Zorglub", "Quetzal", MAIL)]
    return make_registrations(session, people=people, booking_contact_email=MAIL)[0].booking


def test_found_then_given(desk, booking):
    assert desk.get("retention-person").status_code == 200
    page = desk.post("retention-person", data={"email": MAIL.upper()})
    assert booking.reference in words(page)
    assert "Quetzal" in words(page)
    file = desk.post("retention-person-export", data={"email": MAIL})
    assert {*zipfile.ZipFile(io.BytesIO(file.content)).namelist()} >= {"donnees.json", "reservations.csv"}
    assert file["Content-Type"] == "application/zip"
    assert Entry.objects.filter(what="retention.exported").count() == 1


def test_erased_once_the_address_is_typed_again(desk, booking):
    wrong = desk.post("retention-person-erase", data={"email": MAIL, "confirmation": "oui"})
    assert wrong.status_code == 422
    assert "telle quelle" in words(wrong)
    done = desk.post("retention-person-erase", data={"email": MAIL, "confirmation": f" {MAIL} "}, follow=True)
    assert Certificate.objects.get().reference in said(done)[0]
    booking.refresh_from_db()
    assert booking.erased_at
    assert "À sa demande" in words(done)
    assert "Rien ici ne nomme" in words(desk.post("retention-person", data={"email": MAIL}))
    for name in ("retention-person-export", "retention-person-erase"):
        page = desk.post(name, data={"email": MAIL, "confirmation": MAIL})
        assert page.status_code == 422
        assert "Rien ici ne nomme" in words(page)


def test_what_must_be_settled_first_is_said_without_a_button(desk, booking):
    type(booking).objects.update(owed_cents=100)
    page = desk.post("retention-person", data={"email": MAIL})
    assert "Pas encore possible" in words(page)
    assert "Effacer, définitivement" not in words(page)
    assert desk.post("retention-person-erase", data={"email": MAIL, "confirmation": MAIL}).status_code == 422


def test_no_address_is_named(desk):
    for name in ("retention-person", "retention-person-export", "retention-person-erase"):
        page = desk.post(name, data={"email": "Quetzal"})
        assert page.status_code == 422
        assert page.context["form"].errors["email"]


def test_reached_from_the_booking_the_contact_and_the_member(desk, booking):
    contact = make_contact(make_client(desk.staff.organisation), MAIL)
    member = make_member(desk.staff.organisation, user=make_user("zorglub", email=MAIL))
    pages = [desk.get("booking", booking.reference), desk.get("contact", contact.pk), desk.get("member", member.pk)]
    for page in pages:
        assert f'name="email" value="{MAIL}"' in page.content.decode()
    rep = Desk(make_staff(desk.staff.organisation, "sales_rep"))
    assert "Données de cette personne" not in words(rep.get("contact", contact.pk))
    assert Contact.objects.exists()


def test_for_administrators_alone(desk, booking):
    manager = Desk(make_staff(desk.staff.organisation, "manager"))
    neighbour = Desk(make_staff(make_organisation("rhone")))
    for name in ("retention-person", "retention-person-export", "retention-person-erase"):
        assert manager.post(name, data={"email": MAIL, "confirmation": MAIL}).status_code == 403
        assert booking.reference not in words(neighbour.post(name, data={"email": MAIL, "confirmation": MAIL}))
    booking.refresh_from_db()
    assert booking.erased_at is None


def test_a_member_is_erased_once_the_number_is_typed(desk):
    member = make_member(desk.staff.organisation, last_name="Quetzal")
    assert "C’est définitif" in words(desk.get("member-erase", member.pk))
    assert desk.post("member-erase", member.pk, data={"confirmation": "A"}).status_code == 422
    assert Member.objects.get().erased_at is None
    done = desk.post("member-erase", member.pk, data={"confirmation": member.number.lower()}, follow=True)
    assert said(done) == [f"L’adhérent {member.number} est effacé."]
    assert (bool(Member.objects.get().erased_at), Member.objects.get().last_name) == (True, "")
    assert desk.get("member-erase", member.pk).status_code == 404
