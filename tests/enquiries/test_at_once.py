"""Presses of one form at once are one request, and a new client that asks twice at once is one record (T20, G1)."""

from dataclasses import replace

import pytest

from comptoir.clients import numbers
from comptoir.clients.models import Client, GivenNumber
from comptoir.deals.models import Deal
from comptoir.enquiries.models import Enquiry
from comptoir.mail.models import Message
from tests.enquiries.test_asking import COVER, WHO, ask
from tests.factories import make_client, make_organisation
from tests.hands import together

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
PRESSES = 12


@pytest.fixture
def organisation():
    return make_organisation(takes_cover=True, notification_email="dps@exemple.fr")


def made():
    return (Enquiry.objects.count(), Deal.objects.count(), Client.objects.count(), Message.objects.count())


def test_one_form_pressed_at_once_is_one_request(organisation):
    said = together([lambda: ask(organisation)] * PRESSES)
    assert set(said) == {Enquiry.objects.get().reference}
    assert len(said) == PRESSES
    assert made() == (1, 1, 1, 3)  # its summary, the organisation's, the number


def test_sabotage_a_key_for_each_press_would_be_seen(organisation):
    together([lambda key=key: ask(organisation, token=f"{key}") for key in range(3)])
    assert made() != (1, 1, 1, 3)


def test_a_new_client_that_asks_for_many_things_at_once_is_one_record(organisation):
    wishes = [replace(COVER, event_name=f"Foulées {number}", requester=WHO) for number in range(PRESSES)]
    together([lambda wish=wish: ask(organisation, wish, token=wish.event_name) for wish in wishes])
    assert made()[:3] == (PRESSES, PRESSES, 1)
    mailed = set(Message.objects.filter(kind="client-number").values_list("about", flat=True))
    assert len(mailed) == PRESSES, "each is told a number of its own"
    client = Client.objects.get()
    assert set(numbers.led_to(mailed, organisation_id=organisation.pk).values()) == {client.pk}
    assert {one.number for one in GivenNumber.objects.all()} == mailed - {client.number}


def test_one_form_of_a_known_client_pressed_at_once_is_one_number(organisation):
    client = make_client(organisation, WHO.legal_name, number="C900001", kind="public", city="Rezé", postcode="44400",
                         address=WHO.address, phone=WHO.phone)  # fmt: skip
    together([lambda: ask(organisation)] * PRESSES)
    assert made() == (1, 1, 1, 3)
    assert (GivenNumber.objects.get().client, GivenNumber.objects.get().source) == (
        client, Enquiry.objects.get().reference,
    )  # fmt: skip
