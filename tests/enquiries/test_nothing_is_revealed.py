"""T62: a stranger who types our numbers learns nothing by what comes back, and writes into nobody's record (G2)."""

from dataclasses import replace

import pytest

from comptoir.clients import matching
from comptoir.clients.commands import clients as records
from comptoir.clients.models import Client, Contact
from comptoir.deals.models import Deal
from comptoir.enquiries.commands import asking
from comptoir.enquiries.models import Enquiry
from comptoir.mail.models import Message
from comptoir.organisations.actors import visitor
from tests.enquiries.test_asking import COVER, WHO
from tests.factories import NOW, make_client, make_contact, make_organisation
from tests.faults.size import IS_FULL

pytestmark = [pytest.mark.fault, pytest.mark.django_db]

TRIED = 10_000 if IS_FULL else 120
TAKEN = range(0, TRIED, 4)  # one number in four is a client's
SIRET = "73282932000074"
STRANGER = replace(
    WHO, legal_name="Prête-nom", address="", postcode="", city="", phone="", email="moi@ailleurs.exemple"
)


@pytest.fixture
def organisation(db):
    return make_organisation(takes_cover=True, takes_courses=True, notification_email="dps@exemple.fr")


def ask(organisation, token, **who):
    wish = replace(COVER, requester=replace(STRANGER, **who))
    return asking.ask(wish=wish, token=token, client_id=None, by=visitor(organisation.pk), at=NOW)


def told(organisation, reference):
    """All that leaves for the requester because of one request, but for its reference and secrets of its own."""
    Message.objects.filter(kind="enquiry-organisation").delete()
    sent = Message.objects.filter(organisation=organisation).order_by("pk")
    found = [(one.kind, one.subject.replace(reference, "·"), one.text.replace(reference, "·")) for one in sent]
    sent.delete()
    return found


def outcomes(organisation):
    """What came back, for numbers that are a client's and for those that are nobody's."""
    known, unknown = [], []
    for number in range(TRIED):
        typed = f"C{700_000 + number}"
        reference = ask(organisation, f"essai-{number}", client_number=typed)
        (known if number in TAKEN else unknown).append([
            (kind, subject, text.replace(typed, "·")) for kind, subject, text in told(organisation, reference)
        ])  # fmt: skip
    return known, unknown


def with_numbers(organisation):
    for number in TAKEN:
        make_client(organisation, f"Maison {number}", number=f"C{700_000 + number}", is_kept=number < 40)


def test_numbers_tried_one_by_one_all_answer_alike(organisation):
    with_numbers(organisation)
    known, unknown = outcomes(organisation)
    assert known[0]
    assert {str(one) for one in known} == {str(one) for one in unknown}
    assert Client.objects.count() == len(TAKEN), "nothing was opened beside a number that was given"
    assert not Deal.objects.exclude(client=None).exists(), "under another name a number is never certain"


def test_the_mail_that_does_not_come_would_tell(organisation, monkeypatch):
    """Sabotage: a record opened, and its number mailed, where the number given leads nowhere."""
    monkeypatch.setattr("tests.enquiries.test_nothing_is_revealed.TRIED", 8)
    with_numbers(organisation)
    real = asking._client

    def careless(enquiry, **who):
        found, said = real(enquiry, **who)
        if "inconnu" in said:
            by = asking.system(organisation.pk)
            found = records.create_client(**asking.record_of(enquiry), tell_number=True, by=by, at=NOW)
        return found, said

    monkeypatch.setattr(asking, "_client", careless)
    known, unknown = outcomes(organisation)
    assert {str(one) for one in known} != {str(one) for one in unknown}


def held(client):
    """What the base holds of that client."""
    return list(Client.objects.filter(pk=client.pk).values()), list(Contact.objects.filter(client=client).values())


RECORD = {"siret": SIRET, "address": "12 quai Neuf", "postcode": "44400", "city": "Rezé", "phone": "0240000001"}


@pytest.mark.parametrize("said", [
    {"siret": SIRET}, {"siret": SIRET, "legal_name": "Ateliers du Lac"}, {"client_number": "C000042"},
    {"client_number": "C000042", "legal_name": "Ateliers du Lac"}, {"email": "claire@exemple.fr"},
    {"legal_name": "Ateliers du Lac", "city": "Rezé", "postcode": "44400"},
])  # fmt: skip
def test_nothing_that_a_stranger_types_enters_a_record_that_was_there(organisation, said):
    client = make_client(organisation, "Ateliers du Lac", number="C000042", **RECORD)
    make_contact(client, "claire@exemple.fr", first_name="Claire", last_name="Royer")
    before = held(client)
    ask(organisation, "jeton", **said)
    assert held(client) == before
    sent = "".join(one.subject + one.text for one in Message.objects.exclude(kind="enquiry-organisation"))
    typed = set(said.values()) | {STRANGER.legal_name}
    for secret in {client.number, "12 quai Neuf", "0240000001", "claire@exemple.fr", "Royer"} - typed:
        assert secret not in sent


def test_only_what_identifies_leads_to_the_record_without_a_person(organisation):
    client = make_client(organisation, "Ateliers du Lac", number="C000042", **RECORD)
    ask(organisation, "nom", legal_name="Autre maison", siret=SIRET)
    assert Deal.objects.get().client is None
    assert "même SIRET, mais un autre nom" in Enquiry.objects.get().recognised
    ask(organisation, "tout", legal_name="Ateliers du Lac", siret=SIRET)
    assert Deal.objects.get(client=client)


def test_a_match_taken_as_certain_under_another_name_would_be_seen(organisation, monkeypatch):
    """Sabotage: whoever gives a SIRET is believed, whatever the name."""
    client = make_client(organisation, "Ateliers du Lac", **RECORD)
    monkeypatch.setattr(matching, "_can_be", lambda levels: True)
    ask(organisation, "nom", legal_name="Autre maison", siret=SIRET)
    assert Deal.objects.get().client == client
