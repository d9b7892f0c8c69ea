"""The number mailed to a request leads to the client of its deal, whenever that is known and whatever becomes of it."""

from dataclasses import replace

import pytest

from comptoir.clients import numbers, queries
from comptoir.clients.models import Client, GivenNumber
from comptoir.deals.commands import following
from comptoir.deals.commands.following import DealValues
from comptoir.deals.models import Deal
from comptoir.enquiries.commands.erasing import erase_enquiries
from comptoir.enquiries.models import Enquiry
from comptoir.integration.commands import winning
from comptoir.mail.models import Message
from comptoir.merging.commands.merging import merge_clients, undo_merge
from tests.enquiries.test_asking import COVER, WHO, ask
from tests.factories import NOW, actor_of, make_client, make_organisation, make_staff

SIRET = "73282932000074"
PLACE = {"city": "Rezé", "postcode": "44400"}


@pytest.fixture
def organisation(db):
    return make_organisation(takes_cover=True, takes_courses=True, notification_email="dps@exemple.fr")


@pytest.fixture
def by(organisation):
    return actor_of(make_staff(organisation))


@pytest.fixture
def known(organisation):
    return make_client(organisation, "Ateliers du Lac", number="C900001", siret=SIRET, **PLACE)


def asked(organisation, token="jeton", **who):
    """The deal of a request of that person, and the number mailed."""
    who = replace(WHO, **{"legal_name": "Ateliers du Lac", "kind": "firm", **who})
    reference = ask(organisation, replace(COVER, requester=who), token=token)
    mail = Message.objects.filter(kind="client-number").order_by("pk").last()
    return Deal.objects.get(source=reference), mail.about if mail else ""


def doubtful(organisation, token="jeton", **who):
    """As somebody who gives the client's SIRET under another name."""
    return asked(organisation, token, **{"legal_name": "Prête-nom", "siret": SIRET, **who})


def give_client(deal, client, by):
    values = DealValues(title=deal.title, amount_cents=0, chance=deal.chance, client_id=client and client.pk)
    following.change_deal(deal_id=deal.pk, values=values, by=by, at=NOW)


def leads(number, by):
    return queries.id_of_number(number, seen_by=by)


def test_recognised_the_number_leads_to_the_record(organisation, known, by):
    deal, number = asked(organisation, siret=SIRET)
    assert deal.client == known
    assert number not in ("", known.number)
    assert leads(number, by) == known.pk
    assert Message.objects.get(kind="client-number").to == [WHO.email]
    how = Enquiry.objects.get().recognised
    assert "Client reconnu" in how
    assert how.endswith(f"Numéro envoyé au contact\u00a0: {number}, qui mène au client du dossier.")
    assert [(one.number, one.source) for one in numbers.others_of(known)] == [(number, deal.source)]


def test_opened_the_record_bears_it(organisation, by):
    deal, number = asked(organisation)
    assert (deal.client.number, leads(number, by)) == (number, deal.client_id)
    assert not GivenNumber.objects.exists()


def test_in_doubt_it_is_kept_aside_and_the_same_form_again_gives_no_second(organisation, known, by):
    deal, number = doubtful(organisation)
    assert (deal.client, leads(number, by)) == (None, None)
    assert doubtful(organisation) == (deal, number)
    assert GivenNumber.objects.get().source == deal.source
    assert Message.objects.filter(kind="client-number").count() == 1


def test_given_again_while_it_waits_it_is_as_an_unknown_one_but_for_the_desk(organisation, known, by):
    first, number = doubtful(organisation)
    sent = []
    for token, typed in (("a", number), ("b", "C654321")):
        Message.objects.all().delete()
        deal, none = asked(organisation, token, legal_name="Autre maison", client_number=typed, **NOWHERE)
        assert (deal.client, none) == (None, "")
        mails = Message.objects.exclude(kind="enquiry-organisation")
        sent.append([(one.kind, (one.subject + one.text).replace(deal.source, "·")) for one in mails])
    assert sent[0] == sent[1]
    assert Client.objects.get() == known
    said = Enquiry.objects.get(token="a").recognised
    assert said == (f"Numéro indiqué, {number}, donné à la demande {first.source}\u00a0: à vérifier avec le demandeur.")
    assert "inconnu" in Enquiry.objects.get(token="b").recognised
    deal, _none = asked(organisation, "c", siret=SIRET, client_number=number)
    assert deal.client == known, "by its SIRET and its name"
    assert f"donné à la demande {first.source}" in Enquiry.objects.get(token="c").recognised


NOWHERE = {"address": "", "city": "Brest", "postcode": "29200", "phone": "", "email": "x@ailleurs.exemple",
           "last_name": "Kermarec"}  # fmt: skip


def test_chosen_at_the_desk_it_leads_there_and_follows_the_choice(organisation, known, by):
    deal, number = doubtful(organisation)
    other = make_client(organisation, "Autre maison", number="C900002")
    for client, where in ((known, known.pk), (other, other.pk), (None, None), (known, known.pk)):
        give_client(deal, client, by)
        assert leads(number, by) == where
    winning.win(deal_id=deal.pk, by=by, at=NOW)
    assert leads(number, by) == known.pk
    assert Message.objects.filter(kind="client-number").count() == 1


def test_a_deal_made_by_hand_and_one_that_keeps_its_client_change_no_number(organisation, known, by):
    deal, number = doubtful(organisation)
    made = following.open_deal(values=DealValues("Autre", 0, 40, client_id=known.pk), by=by, at=NOW)
    give_client(Deal.objects.get(pk=made), None, by)
    assert (leads(number, by), GivenNumber.objects.get().source) == (None, deal.source)


def test_made_when_the_deal_is_won_the_record_bears_it_and_no_second_is_mailed(organisation, known, by):
    deal, number = doubtful(organisation)
    winning.win(deal_id=deal.pk, by=by, at=NOW)
    deal.refresh_from_db()
    assert deal.client != known
    assert (deal.client.number, leads(number, by)) == (number, deal.client_id)
    assert not GivenNumber.objects.exists()
    assert Message.objects.filter(kind="client-number").count() == 1


def test_recognised_when_the_deal_is_won_it_leads_to_the_record(organisation, known, by):
    deal, number = doubtful(organisation)
    Deal.objects.filter(pk=deal.pk).update(prospect_name=known.legal_name)
    winning.win(deal_id=deal.pk, by=by, at=NOW)
    assert leads(number, by) == known.pk


def test_a_merge_takes_it_along_and_undone_gives_it_back(organisation, known, by):
    _deal, number = asked(organisation, siret=SIRET)
    kept = make_client(organisation, "Ville de Rezé", number="C900002")
    merge = merge_clients(target_number=kept.number, source_ids=[known.pk], by=by, at=NOW)
    assert leads(number, by) == kept.pk
    assert [one.number for one in numbers.others_of(kept)] == [known.number, number]
    assert undo_merge(merge_id=merge, by=by, at=NOW) == 0
    assert leads(number, by) == known.pk


def test_chosen_otherwise_since_an_undone_merge_leaves_it_and_counts_it(organisation, known, by):
    deal, number = asked(organisation, siret=SIRET)
    kept, other = (make_client(organisation, f"Maison {name}", number=f"C90000{name}") for name in (2, 3))
    merge = merge_clients(target_number=kept.number, source_ids=[known.pk], by=by, at=NOW)
    give_client(deal, other, by)
    assert undo_merge(merge_id=merge, by=by, at=NOW) == 2  # the deal, and its number
    assert leads(number, by) == other.pk


def test_signed_in_or_with_a_number_none_is_given(organisation, known):
    ask(organisation, COVER, "a", client_id=known.pk)
    asked(organisation, "b", client_number=known.number)
    asked(organisation, "c", client_number="C123456", **NOWHERE)
    assert not GivenNumber.objects.exists()
    assert not Message.objects.filter(kind="client-number").exists()


def test_given_the_next_time_it_recognises_its_client(organisation, known, by):
    _deal, number = asked(organisation, siret=SIRET)
    again, _none = asked(organisation, "b", client_number=f" {number.lower()}", siret="")
    assert again.client == known
    assert f"numéro client {number}" in Enquiry.objects.get(token="b").recognised


def test_once_the_request_is_erased_the_number_says_nothing_of_anybody(organisation, known):
    deal, number = doubtful(organisation)
    erase_enquiries([deal.reference], organisation_id=organisation.pk)
    row = GivenNumber.objects.values().get()
    assert {name for name, value in row.items() if isinstance(value, str)} == {"number", "source"}
    assert (row["number"], row["source"]) == (number, deal.source)
    assert number not in Enquiry.objects.get().recognised
