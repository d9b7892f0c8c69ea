"""A number given to a request leads to its client by every look-up, and nowhere while nobody said who that is."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from comptoir.clients import matching_files, numbers, queries
from comptoir.clients.commands import clients as records
from comptoir.clients.commands import numbers as giving
from comptoir.clients.identity import Identity
from comptoir.clients.matching import matches
from comptoir.clients.models import Client, FormerNumber, GivenNumber
from comptoir.clients.payers import payer_of
from comptoir.integration.reading import recognise
from comptoir.mail.models import Message
from comptoir.organisations.actors import visitor
from comptoir.preregistrations.models import Request
from tests.factories import NOW, actor_of, make_client, make_organisation, make_staff

NUMBER = "C000950"
FILE = "id;raison_sociale;numero_client\n1;Boucherie Sanzot;950\n"


@pytest.fixture
def organisation(db):
    return make_organisation()


@pytest.fixture
def by(organisation):
    return actor_of(make_staff(organisation))


@pytest.fixture
def lake(organisation):
    return make_client(organisation, "Ateliers du Lac", number="C900001", city="Annecy")


def given(organisation, client=None, number=NUMBER, source="DM-A"):
    return GivenNumber.objects.create(organisation=organisation, number=number, source=source, client=client)


def ways(organisation, by):
    """What each look-up finds by that number."""
    match = matches([Identity(client_number="c 950", legal_name="Ateliers du Lac")], organisation_id=organisation.pk)[0]
    request = Request(pk=1, organisation=organisation, legal_name="Ateliers du Lac", client_number="C-950")
    return {
        "intake": recognise([request], organisation_id=organisation.pk)[1].client_id,
        "list": [one.pk for one in queries.clients(seen_by=by, text="C 950")],
        "type-ahead": [one.client_id for one in queries.suggest("c000950", seen_by=by)],
        "field": queries.id_of_number(" n° 950", seen_by=by),
        "payer": payer_of("C-000950", by=by)[0],
        "file": next(matching_files.matched(BytesIO(FILE.encode()), organisation_id=organisation.pk))[1],
        "matching": match.client_id if match and "numéro client" in match.reason else None,
    }


def test_every_look_up_finds_the_client_by_it(organisation, by, lake):
    given(organisation, lake)
    assert ways(organisation, by) == {
        "intake": lake.pk, "list": [lake.pk], "type-ahead": [lake.pk], "field": lake.pk, "payer": lake.pk,
        "file": lake.number, "matching": lake.pk,
    }  # fmt: skip
    match = matches([Identity(client_number=NUMBER, legal_name="Ateliers du lac")], organisation_id=organisation.pk)[0]
    assert (match.is_certain, match.reason.split(",")[0]) == (True, "numéro client C000950")


def test_no_look_up_finds_anybody_while_it_waits(organisation, by, lake):
    given(organisation)
    nothing = {"intake": None, "list": [], "type-ahead": [], "field": None, "payer": None, "file": "", "matching": None}
    assert ways(organisation, by) == nothing
    assert numbers.awaiting(NUMBER, organisation_id=organisation.pk) == "DM-A"
    assert numbers.awaiting("", organisation_id=organisation.pk) == ""


def test_sabotage_a_look_up_that_reads_records_alone_would_be_seen(organisation, by, lake, monkeypatch):
    given(organisation, lake)
    monkeypatch.setattr(numbers, "_others", lambda **_which: ())
    assert set(map(str, ways(organisation, by).values())) == {"[]", "None", ""}


def test_another_organisation_and_a_visitor_find_nobody(organisation, lake):
    given(organisation, lake)
    elsewhere = make_organisation()
    assert ways(elsewhere, actor_of(make_staff(elsewhere)))["field"] is None
    assert ways(elsewhere, actor_of(make_staff(elsewhere)))["matching"] is None
    stranger = visitor(organisation.pk)
    assert queries.id_of_number(NUMBER, seen_by=stranger) is None
    assert list(queries.clients(seen_by=stranger, text=NUMBER)) == []
    assert numbers.awaiting(NUMBER, organisation_id=elsewhere.pk) == ""


def test_own_former_and_given_are_one_statement(organisation, lake, django_assert_num_queries):
    given(organisation, lake)
    kept = make_client(organisation, "Mairie de Toulon", number="C900002")
    old = make_client(organisation, "Toulon", number="C900003")
    FormerNumber.objects.create(organisation=organisation, number="C900003", former_id=old.pk, client=kept)
    wanted = [NUMBER, "C900001", "C900003", "C123456", ""]
    with django_assert_num_queries(1):
        found = numbers.led_to(wanted, organisation_id=organisation.pk)
    assert found == {NUMBER: lake.pk, "C900001": lake.pk, "C900003": kept.pk}
    with django_assert_num_queries(0):
        assert numbers.led_to([""], organisation_id=organisation.pk) == {}


def test_the_other_numbers_of_a_client_newest_first(organisation, lake):
    given(organisation, lake)
    given(organisation, lake, number="C000951", source="DM-B")
    given(organisation, None, number="C000952", source="DM-C")
    FormerNumber.objects.create(organisation=organisation, number="C000777", former_id=777_777, client=lake)
    shown = [(one.number, one.source) for one in numbers.others_of(lake)]
    assert shown == [("C000951", "DM-B"), ("C000950", "DM-A"), ("C000777", "")]


def test_a_record_bears_the_number_of_its_request_and_no_other_leaves(organisation, by):
    number = giving.give("DM-A", organisation_id=organisation.pk)
    details = {"legal_name": "Mairie de Sète", "email": "a@exemple.fr"}
    made = records.create_client(**details, tell_number=True, asked_by="DM-A", by=by, at=NOW)
    assert Client.objects.get(pk=made).number == number
    assert not GivenNumber.objects.exists()
    assert not Message.objects.exists(), "the request was mailed it already"
    other = records.create_client(**details, asked_by="DM-A", by=by, at=NOW)
    assert Client.objects.get(pk=other).number > number, "given once"
    assert records.create_client(**details, asked_by="", by=by, at=NOW)


def test_a_record_that_is_refused_leaves_the_number_where_it_was(organisation, by, lake):
    number = giving.give("DM-A", organisation_id=organisation.pk)
    with pytest.raises(records.ClientKnown):
        records.create_client(
            legal_name=lake.legal_name, city=lake.city, unless_known=True, asked_by="DM-A", by=by, at=NOW
        )
    assert GivenNumber.objects.get().number == number


def test_one_request_has_one_number_and_one_number_is_of_one_request(organisation):
    given(organisation)
    for clash in ({"source": "DM-B"}, {"number": "C000951"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            given(organisation, **clash)
    given(make_organisation())


def test_a_record_that_is_gone_leaves_its_number_waiting(organisation, lake):
    given(organisation, lake)
    lake.delete()
    assert (GivenNumber.objects.get().client, str(GivenNumber.objects.get())) == (None, f"{NUMBER} (DM-A) → None")
