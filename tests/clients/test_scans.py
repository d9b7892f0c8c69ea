"""Scans: pairs found and kept, refused ones never again, only what changed afterwards; requests (G3, T62)."""

import io
from datetime import timedelta

import pytest
from django.db import OperationalError

from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.clients import duplicates, keeping, recognising, scanning
from comptoir.clients.commands import clients, contacts, imports
from comptoir.clients.commands.duplicates import ScanFailed, allow_pair, ask_scan, refuse_pair, scan, scan_due
from comptoir.clients.models import Client, LookupKey, Suspicion, ToCompare
from comptoir.clients.traits import traits
from comptoir.journal.models import Entry
from comptoir.organisations.actors import visitor
from tests.factories import NOW, make_client

FILE = """id,raison_sociale,siret,adresse,code_postal,ville,telephone,email,contact
1,Mairie de Sète,,12 rue du Port,34200,Sète,04 67 00 00 01,contact@ville-sete.fr,Claire Martin
2,COMMUNE DE SETE,,12 r. du Port,34200,SETE,04.67.00.00.01,contact@ville-sete.fr,MARTIN Claire
3,Ateliers du Lac,,3 quai Neuf,74000,Annecy,04 50 00 00 01,,
4,Clinique des Tilleuls,,9 avenue Foch,59000,Lille,03 20 00 00 01,,
"""


@pytest.fixture
def base(here):
    imports.import_clients(source=io.BytesIO(FILE.encode()), by=here.by, at=NOW)
    return {one.imported_id: one for one in Client.objects.filter(organisation=here.organisation)}


def run(here, **more):
    return scan(organisation_id=here.organisation.pk, at=NOW, **more)


def test_a_scan_finds_the_pair_its_colour_and_its_group(here, elsewhere, base):
    found = run(here)
    assert (found.state, found.is_whole, found.certain, found.probable, found.total) == ("done", True, 1, 0, 4)
    pair = duplicates.pairs(seen_by=here.by).get()
    assert (pair.left, pair.right, pair.level) == (base["1"], base["2"], "certain")
    assert "même commune" in pair.reason
    assert duplicates.level_of(base["2"].pk, seen_by=here.by) == "certain"
    assert duplicates.level_of(base["3"].pk, seen_by=here.by) == "none"
    assert [one.other_id for one in duplicates.pairs_of(base["2"].pk, seen_by=here.by)] == [base["1"].pk]
    assert [one.client_ids for one in duplicates.groups(seen_by=here.by)] == [(base["1"].pk, base["2"].pk)]
    assert {one.pk for one in duplicates.clients_with("certain", seen_by=here.by)} == {base["1"].pk, base["2"].pk}
    assert not duplicates.clients_with("probable", seen_by=here.by)
    assert {one.pk for one in duplicates.clients_with("none", seen_by=here.by)} == {base["3"].pk, base["4"].pk}
    for stranger in (elsewhere.by, visitor(here.organisation.pk)):
        assert not duplicates.pairs(seen_by=stranger)
        assert not duplicates.groups(seen_by=stranger)
        assert duplicates.last_scan(seen_by=stranger) is None
    assert duplicates.last_scan(seen_by=here.by) == found


def test_a_refused_pair_is_remembered_from_both_sides_until_it_is_allowed(here, elsewhere, base):
    run(here)
    sides = {"left_id": base["2"].pk, "right_id": base["1"].pk, "at": NOW}
    for _twice in range(2):
        refuse_pair(**sides, by=here.by)
    assert not Suspicion.objects.exists()
    run(here, whole=True)
    assert not Suspicion.objects.exists()
    keeping.keep([base["1"].pk], organisation_id=here.organisation.pk, again=True)
    run(here)
    assert not Suspicion.objects.exists()
    assert duplicates.refused_pairs(seen_by=here.by).count() == 1
    assert not duplicates.refused_pairs(seen_by=visitor(here.organisation.pk))
    for _twice in range(2):
        allow_pair(**sides, by=here.by)
    run(here)
    assert Suspicion.objects.count() == 1
    with pytest.raises(Missing):
        refuse_pair(**sides, by=elsewhere.by)
    with pytest.raises(Forbidden):
        refuse_pair(**sides, by=visitor(here.organisation.pk))
    with pytest.raises(Invalid):
        refuse_pair(left_id=base["1"].pk, right_id=base["1"].pk, by=here.by, at=NOW)


def test_afterwards_only_what_changed_is_compared(here, base):
    run(here)
    assert not ToCompare.objects.exists()
    twin = clients.create_client(
        by=here.by, at=NOW, legal_name="ATELIERS DU LAC", city="Annecy", postcode="74000", phone="04 50 00 00 01",
        address="3 quai Neuf",
    )  # fmt: skip
    found = run(here)
    assert (found.is_whole, found.total) == (False, 1)
    assert duplicates.level_of(twin, seen_by=here.by) == "certain"
    clients.change_client(client_id=twin, by=here.by, at=NOW, legal_name="Boulangerie Morel", city="Brest",
                          postcode="29200", phone="02 98 00 00 01", address="1 rue Haute")  # fmt: skip
    assert run(here).total == 1
    assert duplicates.level_of(twin, seen_by=here.by) == "none"
    assert duplicates.level_of(base["1"].pk, seen_by=here.by) == "certain"
    assert run(here).total == 0


def test_a_client_written_by_a_way_that_forgot_is_seen_all_the_same(here, base):
    make_client(here.organisation, "Mairie de Sète", city="Sète", postcode="34200", phone="04 67 00 00 01",
                address="12 rue du Port", email="contact@ville-sete.fr", is_kept=False)  # fmt: skip
    run(here)
    assert Suspicion.objects.count() == 3


def test_the_rounds_run_what_was_asked_once(here, base):
    first = ask_scan(by=here.by, at=NOW)
    assert ask_scan(by=here.by, at=NOW) == first
    assert scan_due(at=NOW, limit=5).done == [first]
    assert scan_due(at=NOW, limit=5).done == []
    with pytest.raises(Forbidden):
        ask_scan(by=visitor(here.organisation.pk), at=NOW)


def broken(*_args, **_more):
    raise ZeroDivisionError


def test_a_scan_that_raises_is_failed_said_and_asked_again(here, elsewhere, base, monkeypatch):
    run(here)
    ask_scan(by=here.by, at=NOW, whole=True)
    other = ask_scan(by=elsewhere.by, at=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(scanning, "_judged", broken)
        assert [skip.refusal.code for skip in scan_due(at=NOW, limit=1).skipped] == ["scan-failed"]
    failed = duplicates.last_scan(seen_by=here.by)
    assert (failed.state, failed.held_until, failed.finished_at is None) == ("failed", None, False)
    assert failed.failure == "Une erreur l’a arrêtée (ZeroDivisionError)\u00a0: elle est au journal du serveur."
    assert Entry.objects.get(what="client.scan-failed").detail == {"scan": failed.pk, "whole": True}
    assert Suspicion.objects.count() == 1, "what was found before is still there"
    assert scan_due(at=NOW + timedelta(days=1), limit=5).done == [other], (
        "nobody retries it, and others have their turn"
    )
    again = ask_scan(by=here.by, at=NOW)
    assert again != failed.pk
    assert scan_due(at=NOW, limit=5).done == [again]
    assert duplicates.last_scan(seen_by=here.by).is_whole, "what failed was a whole one"


def test_a_scan_asked_by_a_program_says_that_it_failed(here, base, monkeypatch):
    monkeypatch.setattr(scanning, "_judged", broken)
    with pytest.raises(ScanFailed, match="s’est arrêtée"):
        run(here)


def test_a_scan_that_kills_its_workers_ends_after_a_few(here, base, monkeypatch):
    """A worker that is gone leaves the scan running and held; three of them, and it is failed."""
    ask_scan(by=here.by, at=NOW)

    def away(*_args, **_more):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(scanning, "whole", away)
        for time in range(3):
            with pytest.raises(OperationalError):
                scan_due(at=NOW + timedelta(hours=time), limit=5)
    assert duplicates.last_scan(seen_by=here.by).state == "running"
    assert not scan_due(at=NOW + timedelta(hours=3), limit=5).done
    assert duplicates.last_scan(seen_by=here.by).failure == "Elle a été coupée 3 fois avant la fin."


@pytest.mark.parametrize("fields", [{"email": "lac@exemple.fr"}, {"phone": "04 50 11 22 33"}])
def test_the_next_scan_sees_what_changed_of_the_contacts(here, base, fields):
    """Two records that only their people's address or phone ties together, and no longer once that one changes."""
    left, right = (clients.create_client(legal_name=name, city="Annecy", by=here.by, at=NOW)
                   for name in ("Fromagerie des Aravis", "SARL Fromages Aravis"))  # fmt: skip
    run(here)
    assert not Suspicion.objects.filter(left=left, right=right, level="certain").exists()
    people = [contacts.add_contact(client_id=one, last_name="Lefèvre", by=here.by, at=NOW, **fields)
              for one in (left, right)]  # fmt: skip
    assert run(here).total == 2
    found = duplicates.pairs_of(left, seen_by=here.by).get()
    assert found.other_id == right
    assert ("même courriel" if "email" in fields else "même téléphone") in found.reason
    changed = {name: {"email": "autre@exemple.org", "phone": "02 98 00 00 09"}[name] for name in fields}
    contacts.change_contact(contact_id=people[1], by=here.by, at=NOW, **changed)
    assert run(here).total == 1
    assert not [one for one in duplicates.pairs_of(left, seen_by=here.by) if "même téléphone" in one.reason]
    second = contacts.add_contact(client_id=right, last_name="Marchand", by=here.by, at=NOW, **fields)
    contacts.set_main_contact(contact_id=second, by=here.by, at=NOW)
    assert run(here).total == 1
    assert "même" in duplicates.pairs_of(left, seen_by=here.by).get().reason
    contacts.remove_contact(contact_id=second, by=here.by, at=NOW)
    assert run(here).total == 1


def test_a_request_finds_its_client_and_a_sibling_does_not(here, base):
    run(here)

    def likely(**typed):
        return recognising.likely(traits(**typed), organisation_id=here.organisation.pk)

    first = likely(name="VILLE DE SETE", city="Sète", postcode="34200", phone="0467000001")[0]
    assert first.client_id in (base["1"].pk, base["2"].pk)
    sibling = likely(name="Mairie de Sète Ouest", city="Sète", postcode="34200", email="ouest@ville-sete.fr")
    assert all(one.level != "certain" for one in sibling)
    assert likely(name="Personne", city="Nulle Part") == []


def test_what_is_kept_goes_with_the_client(here, base):
    base["1"].delete()
    assert not LookupKey.objects.filter(client_id=base["1"].pk).exists()
