"""T62: a stranger who types our numbers learns nothing by what comes back, and writes into nobody's record (G2)."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from comptoir.clients import matching
from comptoir.clients.commands import clients as records
from comptoir.clients.models import Client, Contact, GivenNumber
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
        found, said, given = real(enquiry, **who)
        if "inconnu" in said:
            by = asking.system(organisation.pk)
            found = records.create_client(**asking.record_of(enquiry), tell_number=True, by=by, at=NOW)
        return found, said, given

    monkeypatch.setattr(asking, "_client", careless)
    known, unknown = outcomes(organisation)
    assert {str(one) for one in known} != {str(one) for one in unknown}


def siret_of(number):
    """A SIRET whose keys are right."""

    def keyed(digits):
        doubled = (int(one) * (2 - place % 2) for place, one in enumerate(reversed(digits)))
        return digits + str(-sum(one // 10 + one % 10 for one in doubled) % 10)

    return keyed(keyed(f"{30_000_000 + number * 7}") + "0001")


def word_of(number):
    """A name that resembles no other: four syllables drawn from the number."""
    mixed = (number + 1) * 2_654_435_761 % 2**32
    return "".join("bcdfglmprstvzjkn"[mixed >> 8 * place & 15] + "aeiou"[(mixed >> 8 * place + 4) % 5]
                   for place in range(4)).title()  # fmt: skip


WAYS = ("name and SIRET", "SIRET under another name", "name and town")


def typed_of(number):
    """What is typed at that try: one in two is of a client, in each of three ways."""
    name, siret, town = word_of(number), siret_of(number), {"postcode": "44400", "city": "Rezé"}
    way = WAYS[number // 2 % len(WAYS)]
    first, last = word_of(500_000 + number), word_of(700_000 + number)
    said = {"legal_name": name, "first_name": first, "last_name": last, "email": f"moi@{name.lower()}.exemple"}
    if way == "name and SIRET":
        return said | {"siret": siret}
    return said | ({"siret": siret} if "SIRET" in way else town)


def with_names(organisation):
    """The clients: of those tried by their SIRET under another name, the record has a name of its own."""
    for number in range(0, TRIED, 2):
        other = WAYS[number // 2 % len(WAYS)] == "SIRET under another name"
        name = word_of(900_000 + number) if other else word_of(number).upper()
        make_client(organisation, name, number=f"C{700_000 + number}", siret=siret_of(number), phone="0240000001",
                    address="12 quai Neuf", postcode="44400", city="Rezé")  # fmt: skip


def answers(organisation):
    """What came back for names and SIRETs that are a client's, and for those that are nobody's; how each was known."""
    known, unknown, outcome = [], [], Counter()
    for number in range(TRIED):
        typed = typed_of(number)
        reference = ask(organisation, f"essai-{number}", **typed)
        outcome[Enquiry.objects.get(reference=reference).recognised.split("\u00a0")[0].split(" par ")[0]] += 1
        found = str(told(organisation, reference))
        assert len(set(re.findall(r"\bC\d{6}\b", found))) == 1, "one number in all the mails"
        found = re.sub(r"\bC\d{6}\b", "·", found)
        for name in ("email", "first_name", "last_name", "legal_name"):
            found = found.replace(typed[name], "·")
        (unknown if number % 2 else known).append(found)
    return known, unknown, outcome


def test_names_and_sirets_tried_one_by_one_all_answer_alike(organisation):
    with_names(organisation)
    known, unknown, outcome = answers(organisation)
    assert set(known) == set(unknown)
    assert len(set(known)) == 1
    assert "client-number" in known[0]
    assert outcome["Client reconnu"] >= TRIED // 6, "certain ones are among those tried"
    assert outcome["Client possible, à vérifier"] >= TRIED // 6, "and probable ones"
    opened = outcome["Fiche client ouverte"]
    assert opened >= TRIED // 3, "and nobody's; the few others bear a name that is close to a client's"
    assert (Client.objects.count(), GivenNumber.objects.count()) == (TRIED // 2 + opened, TRIED - opened)


def test_a_number_mailed_only_where_a_record_is_opened_would_be_seen(organisation, monkeypatch):
    """Sabotage: the rule of before."""
    monkeypatch.setattr("tests.enquiries.test_nothing_is_revealed.TRIED", 12)
    monkeypatch.setattr(
        asking.telling, "tell_number",
        lambda enquiry, number, *, real=asking.telling.tell_number, at: (
            None if GivenNumber.objects.filter(number=number).exists() else real(enquiry, number, at=at)
        ),
    )  # fmt: skip
    with_names(organisation)
    with pytest.raises(AssertionError, match="one number in all the mails"):
        answers(organisation)


def test_a_mail_that_says_the_name_of_the_record_would_be_seen(organisation, monkeypatch):
    """Sabotage: the mail is written from the record that was recognised."""
    monkeypatch.setattr("tests.enquiries.test_nothing_is_revealed.TRIED", 12)
    real = asking.telling.tell_number

    def careless(enquiry, number, *, at):
        enquiry.legal_name = enquiry.deal.client.legal_name if enquiry.deal.client else enquiry.legal_name
        real(enquiry, number, at=at)

    monkeypatch.setattr(asking.telling, "tell_number", careless)
    with_names(organisation)
    known, unknown, _outcome = answers(organisation)
    assert set(known) != set(unknown)


def held(client):
    """What the base holds of that client."""
    return list(Client.objects.filter(pk=client.pk).values()), list(Contact.objects.filter(client=client).values())


RECORD = {"siret": SIRET, "address": "12 quai Neuf", "postcode": "44400", "city": "Rezé", "phone": "0240000001"}


@pytest.mark.parametrize("said", [
    {"siret": SIRET}, {"siret": SIRET, "legal_name": "Ateliers du Lac"}, {"client_number": "C000042"},
    {"client_number": "C000042", "legal_name": "Ateliers du Lac"}, {"email": "claire@exemple.fr"},
    {"legal_name": "Ateliers du Lac", "city": "Rezé", "postcode": "44400"},
    {"siret": SIRET, "legal_name": "ATELIERS du lac"},
])  # fmt: skip
def test_nothing_that_a_stranger_types_enters_a_record_that_was_there(organisation, said):
    client = make_client(organisation, "Ateliers du Lac", number="C000042", **RECORD)
    make_contact(client, "claire@exemple.fr", first_name="Claire", last_name="Royer")
    before = held(client)
    ask(organisation, "jeton", **said)
    assert held(client) == before
    sent = "".join(one.subject + one.text for one in Message.objects.exclude(kind="enquiry-organisation"))
    typed = set(said.values()) | {STRANGER.legal_name}
    for secret in {
        client.number,
        "12 quai Neuf",
        "0240000001",
        "claire@exemple.fr",
        "Royer",
        client.legal_name,
    } - typed:
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
