"""What a client's contact finds in its space: services asked for, bookings, dates, receipts, convocations (A4)."""

from datetime import time, timedelta

import pytest

from comptoir.bookings.links import link_of
from comptoir.bookings.models import Booking
from comptoir.deals.models import Deal
from comptoir.enquiries.models import Enquiry
from comptoir.letters.commands import drafting, sending
from comptoir.mail.models import Enclosure
from comptoir.organisations.actors import system
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.proposals.commands import drafting as proposals
from comptoir.proposals.commands import sending as sending_dates
from comptoir.proposals.models import DateProposal, SessionClient
from tests.enquiries.test_asking import COURSE, COVER, ask
from tests.factories import (
    NOW,
    actor_of,
    make_client,
    make_contact,
    make_registrations,
    make_slot,
    make_staff,
    make_user,
)
from tests.web.portal.test_space import space
from tests.web.public.visitor import words

EMPTY = {
    "reservations/": "Vous n’avez pas encore de réservation",
    "dates/": "Aucune date à confirmer",
    "recus/": "Aucun reçu pour le moment",
    "convocations/": "Aucune convocation pour le moment",
}


@pytest.fixture
def client_(organisation):
    return make_client(organisation, "Ateliers du Lac", number="C900001", city="Lyon")


@pytest.fixture
def signed_in(visitor, client_):
    contact = make_contact(client_, "claire@exemple.fr", first_name="Claire", last_name="Perrin", user=make_user())
    visitor.browser.force_login(contact.user)
    return visitor


@pytest.fixture
def stranger(visitor, organisation):
    """Another client's contact, in the same browser: called once the first has been seen."""

    def sign_in():
        other = make_client(organisation, "Autre maison", number="C900002")
        visitor.browser.force_login(make_contact(other, "b@exemple.fr", user=make_user()).user)
        return visitor

    return sign_in


@pytest.fixture
def admin(organisation):
    return make_staff(organisation)


@pytest.fixture
def booking(session, client_):
    return make_registrations(session, count=2, booking_client=client_)[0].booking


def paid(booking):
    settled = Settled(10_000, "cheque", NOW.date(), "Chèque 0042")
    recording.record_payment(
        booking_id=booking.pk, key=f"recu-{booking.pk}", settled=settled, by=system(booking.organisation_id), at=NOW
    )


def invited(admin, registrations):
    """A letter of joining instructions goes to the people of these registrations."""
    who = {"by": actor_of(admin), "at": NOW}
    ids = [one.pk for one in registrations]
    letter = drafting.begin_letter(registration_ids=ids, kind="convocation", **who)
    written = drafting.Written(
        subject="Votre session", body="Bonjour {destinataire}, {session}", audience="participants"
    )
    sending.send_letter(letter_id=letter, written=written, **who)


def proposed(admin, session, client, days=3):
    make_slot(session, session.begins_at, session.begins_at + timedelta(hours=3))
    SessionClient.objects.get_or_create(
        session=session, client=client, defaults={"is_chosen": True, "added_at": NOW, "added_by_name": "Camille"}
    )
    who = {"by": actor_of(admin), "at": NOW}
    deadline = ((NOW + timedelta(days=days)).date(), time(18))
    said = proposals.Written("Vos dates", "{horaires} {echeance} {bouton}", deadline, {client.pk: "claire@exemple.fr"})
    sent = proposals.begin_proposal(session_id=session.pk, client_ids=[client.pk], **who)
    sending_dates.send_proposal(sending_id=sent, written=said, **who)
    return DateProposal.objects.get(client=client)


@pytest.mark.parametrize(("path", "said"), EMPTY.items())
def test_an_empty_page_says_what_to_do(path, said, signed_in):
    page = words(space(signed_in, path))
    assert said in page
    assert 'class="nothing' in page
    assert space(signed_in, path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["", *EMPTY, "interventions/DM-000000000/", "convocations/1/"])
def test_nobody_else_comes_in(path, visitor, organisation):
    assert space(visitor, path).status_code == 302
    visitor.browser.force_login(make_user())
    assert space(visitor, path).status_code == 403


def test_services_and_places_are_one_list(signed_in, client_, session, organisation, stranger):
    type(organisation).objects.update(takes_cover=True, takes_courses=True)
    signed_in.order(session)
    cover = ask(organisation, COVER, "a", client_id=client_.pk)
    course = ask(organisation, COURSE, "b", client_id=client_.pk)
    page = words(space(signed_in))
    for said in (cover, course, "Foulées du quai", "Gestes qui sauvent", "sur devis", "Reçue, à l’étude", "PR-"):
        assert said in page
    assert "3 demandes attendent notre réponse" in page
    detail = words(space(signed_in, f"interventions/{cover}/"))
    for said in ("Poste de secours : Foulées du quai", "Quai Léon-Sécher, Rezé", "Un accès par le quai."):
        assert said in detail
    Deal.objects.filter(service="cover").update(stage="proposed")
    assert "Proposition envoyée" in words(space(signed_in, f"interventions/{cover}/"))
    assert cover not in words(space(stranger()))
    assert space(signed_in, f"interventions/{cover}/").status_code == 404


def test_what_the_desk_says_of_a_service_is_not_told(signed_in, client_, organisation):
    type(organisation).objects.update(takes_cover=True)
    reference = ask(organisation, COVER, "a", client_id=client_.pk)
    Enquiry.objects.update(recognised="MOT DU BUREAU")
    Deal.objects.update(next_step="RELANCER", lost_because="TROP CHER", stage="lost", chance=7)
    page = words(space(signed_in, f"interventions/{reference}/")) + words(space(signed_in))
    for kept in ("MOT DU BUREAU", "RELANCER", "TROP CHER", Deal.objects.get().reference):
        assert kept not in page
    assert "Classée sans suite" in page


def test_a_booking_leads_to_its_own_page(signed_in, booking, stranger):
    page = words(space(signed_in, "reservations/"))
    assert booking.reference in page
    url = f"/rhone/reservation/{booking.reference}/{link_of(booking)}/"
    assert f'href="{url}"' in page
    assert signed_in.browser.get(url).status_code == 200
    assert booking.reference not in words(space(stranger(), "reservations/"))


def test_a_receipt_is_there_once_paid(signed_in, booking, stranger):
    paid(booking)
    page = words(space(signed_in, "recus/"))
    assert "100,00 €" in page
    url = f"/rhone/reservation/{booking.reference}/{link_of(booking)}/recus/1.pdf"
    assert f'href="{url}"' in page
    assert signed_in.browser.get(url).content.startswith(b"%PDF")
    assert booking.reference not in words(space(stranger(), "recus/"))


def test_dates_wait_until_they_are_answered_or_too_late(signed_in, admin, session, client_, stranger):
    row = proposed(admin, session, client_)
    page = words(space(signed_in, "dates/"))
    assert f"/rhone/dates/{row.reference}/" in page
    assert "1 proposition de dates attend votre réponse." in page
    assert "1 proposition de dates attend votre réponse." in words(space(signed_in))
    DateProposal.objects.update(deadline_at=NOW - timedelta(hours=1))
    assert row.reference not in words(space(signed_in, "dates/"))
    DateProposal.objects.update(deadline_at=NOW + timedelta(days=1), state="accepted", answered_at=NOW)
    assert row.reference not in words(space(signed_in, "dates/"))
    DateProposal.objects.update(state="waiting", answered_at=None)
    assert row.reference in words(space(signed_in, "dates/"))
    assert row.reference not in words(space(stranger(), "dates/"))


def test_joining_instructions_are_those_that_left(signed_in, admin, session, client_, stranger):
    mine = make_registrations(session, people=[("Hugo", "Marchand", "hugo@exemple.fr")], booking_client=client_)
    other = make_registrations(session, people=[("Ana", "Costa", "ana@exemple.fr")], booking_reference="IN-AUTRE")
    invited(admin, [*mine, *other])
    page = words(space(signed_in, "convocations/"))
    assert "hugo@exemple.fr" in page
    assert "ana@exemple.fr" not in page
    own, theirs = Enclosure.objects.filter(attachment__paper="convocation").order_by("message__pk")
    answer = space(signed_in, f"convocations/{own.pk}/")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert space(signed_in, f"convocations/{theirs.pk}/").status_code == 404
    Booking.objects.filter(client=client_).update(erased_at=NOW)
    assert "hugo@exemple.fr" not in words(space(signed_in, "convocations/"))
    Booking.objects.filter(client=client_).update(erased_at=None)
    assert space(stranger(), f"convocations/{own.pk}/").status_code == 404


def test_an_address_of_two_clients_people_shows_each_its_own(signed_in, admin, session, client_):
    mine = make_registrations(session, people=[("Hugo", "Marchand", "accueil@exemple.fr")], booking_client=client_)
    other = make_registrations(session, people=[("Ana", "Costa", "accueil@exemple.fr")], booking_reference="IN-AUTRE")
    invited(admin, [*mine, *other])
    assert Enclosure.objects.filter(attachment__paper="convocation").count() == 2
    assert words(space(signed_in, "convocations/")).count("accueil@exemple.fr") == 1


@pytest.mark.parametrize("path", ["reservations/", "recus/"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_rows(
    path, count, signed_in, client_, session, django_assert_max_num_queries
):
    for number in range(count):
        paid(make_registrations(session, booking_client=client_, booking_reference=f"IN-{number}")[0].booking)
    with django_assert_max_num_queries(10):
        space(signed_in, path)


def test_long_lists_are_paged(signed_in, client_, session):
    for number in range(26):
        make_registrations(session, booking_client=client_, booking_reference=f"IN-{number:02}")
    first, second = (words(space(signed_in, f"reservations/?page={page}")) for page in (1, 2))
    assert first.count('<a class="reference"') == 25
    assert second.count('<a class="reference"') == 1
