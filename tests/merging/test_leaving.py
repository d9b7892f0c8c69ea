"""An emptied record leaves lists and search; its number, and the file it came from, lead to the kept one."""

from io import BytesIO

import pytest

from comptoir.clients import duplicates, importing, queries
from comptoir.clients.commands.imports import import_clients, prepare_import
from comptoir.clients.models import Client, ClientImport, Contact
from comptoir.merging.commands.deleting import delete_emptied
from tests.factories import NOW
from tests.merging.conftest import merge, undo

FILE = """id;raison_sociale;ville;telephone;contact
a1;Mairie de Toulon;Toulon;;Claire Vidal
b2;Commune de Toulon;Toulon;04 94 00 00 00;Claire Vidal
c3;Ville de Toulon;Toulon;04 94 11 11 11;Hugo Marin
"""


def bring(here, text=FILE):
    return import_clients(source=BytesIO(text.encode()), by=here.by, at=NOW).counts


def named(imported_id):
    return Client.objects.get(imported_id=imported_id)


@pytest.fixture
def three(here):
    Client.objects.all().delete()
    bring(here)
    return [named(one) for one in ("a1", "b2", "c3")]


def state():
    rows = Client.objects.values_list("pk", "legal_name", "phone", "imported_id").order_by("pk")
    return list(rows), sorted(Contact.objects.values_list("client_id", "last_name", "is_main"))


def test_it_is_in_no_list_and_its_number_finds_the_kept_one(here):
    assert len(queries.clients(seen_by=here.by)) == 2
    done = merge(here.kept, here.double, by=here.by)
    assert list(queries.clients(seen_by=here.by)) == [here.kept]
    assert list(queries.clients(seen_by=here.by, text="Commune")) == []
    assert [one.client_id for one in queries.suggest(here.double.number, seen_by=here.by)] == [here.kept.pk]
    assert list(duplicates.clients_with("none", seen_by=here.by)) == [here.kept]
    assert queries.client(here.double.pk, seen_by=here.by) == here.double, "its own page stays until it is deleted"
    undo(done, by=here.by)
    assert len(queries.clients(seen_by=here.by)) == 2


@pytest.mark.parametrize("deleted", [False, True])
def test_the_same_file_again_doubles_nothing_and_brings_nothing_back(here, three, deleted):
    kept, *doubles = three
    merge(kept, *doubles, by=here.by)
    if deleted:
        for one in doubles:
            delete_emptied(client_id=one.pk, typed_number=one.number, by=here.by, at=NOW)
    prepare_import(source=BytesIO(FILE.encode()), file_name="clients.csv", by=here.by, at=NOW)
    foreseen = ClientImport.objects.get().foreseen
    assert (foreseen["created"], foreseen["refused"]) == (0, 0)
    assert bring(here)["created"] == 0
    kept.refresh_from_db()
    assert (kept.legal_name, kept.phone) == ("Mairie de Toulon", "04 94 00 00 00"), "a blank is filled, nothing else"
    assert set(kept.contacts.values_list("last_name", flat=True)) == {"Marin", "Vidal"}
    assert kept.contacts.count() == 3, "nobody is added: the two of one name came by the merge"
    assert kept.contacts.filter(is_main=True).count() == 1
    before = state()
    assert bring(here) == {"created": 0, "changed": 0, "unchanged": 3, "refused": 0}
    assert state() == before


def test_undone_the_file_speaks_of_its_own_record_again(here, three):
    kept, double, _other = three
    undo(merge(kept, double, by=here.by), by=here.by)
    bring(here, FILE.replace("Commune de Toulon", "Commune de Toulon (Var)"))
    double.refresh_from_db()
    assert double.legal_name == "Commune de Toulon (Var)"


def test_two_lines_of_one_record_name_a_newcomer_once(here, three):
    kept, double, _other = three
    merge(kept, double, by=here.by)
    bring(here, FILE.replace("Claire Vidal", "Nadia Perrin"))
    assert kept.contacts.filter(last_name="Perrin").count() == 1


def test_sabotage_blind_to_merges_the_file_brings_it_back(here, three, monkeypatch):
    kept, double, _other = three
    merge(kept, double, by=here.by)
    delete_emptied(client_id=double.pk, typed_number=double.number, by=here.by, at=NOW)
    monkeypatch.setattr(importing.FormerNumber.objects, "filter", lambda **_: importing.FormerNumber.objects.none())
    assert bring(here)["created"] == 1
