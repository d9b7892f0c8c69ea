"""A client's contact in a browser: signs in, asks for a service with its details filled in, and finds all that is its
own (A4, F)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comptoir.enquiries.models import Enquiry
from comptoir.organisations.actors import system
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from tests.e2e.looking import faults_of, overheard
from tests.factories import (
    PASSWORD,
    make_activity,
    make_client,
    make_contact,
    make_organisation,
    make_registrations,
    make_session,
    make_terms,
    make_user,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def client_(live_server):
    """A client with a booking that is paid, and a contact who signs in as « claire »."""
    organisation = make_organisation(
        "rhone", name="Rhône Formation", takes_cover=True, takes_courses=True, enquiry_intro="Réponse sous deux jours.",
    )  # fmt: skip
    make_terms(organisation)
    made = make_client(organisation, "Ateliers du Lac", number="C900001", city="Lyon", postcode="69009")
    user = make_user("claire", password=PASSWORD, first_name="Claire", last_name="Perrin")
    make_contact(made, "claire@exemple.fr", first_name="Claire", last_name="Perrin", user=user)
    day = timezone.localdate() + timedelta(days=40)
    session = make_session(make_activity(organisation, title="Sauveteur secouriste"), starts_on=day, ends_on=day)
    booking = make_registrations(session, count=2, booking_client=made)[0].booking
    settled = Settled(10_000, "cheque", timezone.localdate(), "Chèque 0042")
    recording.record_payment(
        booking_id=booking.pk, key="recu", settled=settled, by=system(organisation.pk), at=timezone.now()
    )
    return made


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=str)
def looked_at(request, browser):
    """A page whose every stop is looked at, and what was found and heard."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR")
    page = context.new_page()
    page.said, page.faults = overheard(page), {}
    yield page
    context.close()
    assert page.faults == {}
    assert [one for one in page.said if "422" not in one] == []


def look(page, heading):
    """The page of that heading, once it is there."""
    page.get_by_role("heading", name=heading).first.wait_for()
    if found := faults_of(page):
        page.faults[heading] = found


def sign_in(page, live_server):
    page.goto(f"{live_server.url}/rhone/espace/")
    page.locator("[name=login]").fill("claire")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def send(page, **typed):
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(2100)  # the time it takes at least to read the page
    page.get_by_role("button", name="Envoyer la demande").dblclick()


def test_the_contact_asks_and_finds_what_is_its_own(client_, looked_at, live_server):
    page = looked_at
    sign_in(page, live_server)
    look(page, "Vos demandes")
    page.get_by_role("main").get_by_role("link", name="Demander une intervention").click()
    look(page, "Demander une intervention")
    page.get_by_role("link", name="Remplir la demande Demander un poste de secours").click()
    expect(page.locator("[name=legal_name]")).to_have_value("Ateliers du Lac")
    look(page, "Demander un poste de secours")
    send(page)
    look(page, "réponses sont à revoir")
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    send(
        page, event_name="Foulées du lac", place="Annecy", starts_on=day, starts_at="08:00", ends_on=day,
        ends_at="18:00", attendance="800",
    )  # fmt: skip
    look(page, "Votre demande est enregistrée")
    enquiry = Enquiry.objects.get()
    assert (enquiry.authenticated_client, enquiry.deal.client) == (client_, client_)
    page.get_by_role("link", name="Voir mes demandes").click()
    page.get_by_role("link", name=enquiry.reference).click()
    look(page, "Poste de secours")


def test_the_contact_walks_through_its_space(client_, looked_at, live_server):
    page = looked_at
    sign_in(page, live_server)
    look(page, "Vous n’avez pas encore de demande")
    tabs = {
        "Dates à confirmer": "Aucune date à confirmer", "Convocations": "Aucune convocation", "Reçus": "Vos reçus",
        "Réservations": "Vos réservations",
    }  # fmt: skip
    for tab, heading in tabs.items():
        page.get_by_label("Votre espace").get_by_role("link", name=tab).click()
        look(page, heading)
    page.get_by_role("table").get_by_role("link").first.click()
    look(page, "Votre réservation")
