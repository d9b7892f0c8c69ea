"""What seldom happens: somebody else was quicker, the disk gave up, there is too much to say."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError

from comptoir.base.errors import Invalid, Missing
from comptoir.clients import queries, tally
from comptoir.clients.commands import contacts, import_runs, imports
from comptoir.clients.commands.clients import create_client
from comptoir.clients.models import Client, ClientImport, Contact, RefusedMatch
from tests.factories import NOW, make_client, make_contact, make_user

FILE = b"id,raison_sociale,siret\n1,Ateliers du Lac,12345\n"


def prepared(where):
    return imports.prepare_import(source=BytesIO(FILE), file_name="clients.csv", by=where.by, at=NOW)


def test_a_contact_removed_by_another_meanwhile_is_missing(here, monkeypatch):
    contact = make_contact(make_client(here.organisation), "ana@exemple.fr")
    monkeypatch.setattr(contacts, "own_client", lambda client_id, by: Contact.objects.all().delete())
    with pytest.raises(Missing):
        contacts.set_main_contact(contact_id=contact.pk, by=here.by, at=NOW)


def test_the_main_contact_made_main_again_changes_nothing(here):
    contact = make_contact(make_client(here.organisation), "ana@exemple.fr", is_main=True)
    contacts.set_main_contact(contact_id=contact.pk, by=here.by, at=NOW)
    assert Contact.objects.get().is_main


def test_a_number_that_no_telephone_could_have_is_refused(here):
    with pytest.raises(Invalid, match="téléphone"):
        create_client(legal_name="Ateliers du Lac", phone="poste 12 bis", by=here.by, at=NOW)


def test_an_import_taken_between_the_look_and_the_claim_is_left(here, monkeypatch):
    row = ClientImport.objects.get(pk=prepared(here))
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    run = import_runs._run

    def late(row, clock):
        ClientImport.objects.update(state="running", held_until=NOW)
        run(row, clock=clock)

    monkeypatch.setattr(import_runs, "_run", late)
    assert [one.refusal.code for one in import_runs.run_due(at=NOW, limit=1).skipped] == ["import-taken-over"]
    assert not Client.objects.exists()


def test_a_file_spoilt_since_it_was_looked_at_fails_in_words(here):
    row = ClientImport.objects.get(pk=prepared(here))
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    with default_storage.open(row.file.name, "wb") as kept:
        kept.write(b"PK\x03\x04")
    import_runs.run_due(at=NOW, limit=1)
    row.refresh_from_db()
    assert (row.state, row.failure[:25]) == ("failed", "Ce classeur ne se lit pas")


def test_a_file_is_not_kept_when_its_row_is_not(here, monkeypatch):
    def refuse(self, **options):
        raise DatabaseError

    before = set(default_storage.listdir("clients-imports")[1]) if default_storage.exists("clients-imports") else set()
    monkeypatch.setattr(ClientImport, "save", refuse)
    with pytest.raises(DatabaseError):
        prepared(here)
    assert set(default_storage.listdir("clients-imports")[1]) == before


def test_only_the_first_problems_are_kept_and_all_are_counted(here, monkeypatch):
    monkeypatch.setattr(tally, "MOST_PROBLEMS", 2)
    lines = b"id,raison_sociale,siret\n" + b"".join(b"%d,,\n%d,Client,12\n" % (n, n + 100) for n in range(5))
    found = imports.import_clients(source=BytesIO(lines), by=here.by, at=NOW)
    assert (found.refused, found.created, len(found.problems), len(found.skipped)) == (5, 5, 2, 1)


def test_a_doubtful_siret_is_brought_up_to_date_until_it_is_mended(here):
    for siret, kept in ((b"12345", "12345"), (b"123456", "123456")):
        imports.import_clients(source=BytesIO(FILE.replace(b"12345", siret)), by=here.by, at=NOW)
        assert Client.objects.get().doubtful_siret == kept
    Client.objects.update(siret="73282932000074", doubtful_siret="")
    imports.import_clients(source=BytesIO(FILE), by=here.by, at=NOW)
    assert (Client.objects.get().siret, Client.objects.get().doubtful_siret) == ("73282932000074", "")


def test_numbers_and_rows_say_their_name(here, elsewhere):
    client = make_client(here.organisation, "Ateliers du Lac", number="C000042")
    assert str(client) == "C000042 Ateliers du Lac"
    assert str(RefusedMatch(client=client, identity_key="abcdefghij")) == f"{client.pk} ≠ abcdefgh"
    assert str(ClientImport.objects.get(pk=prepared(here))) == "clients.csv"
    assert queries.id_of_number("c 42", seen_by=here.by) == client.pk
    assert queries.id_of_number("c 42", seen_by=elsewhere.by) is None


def test_a_person_is_known_where_it_signs_in_as_a_contact(here, elsewhere):
    user = make_user()
    for where in (here, elsewhere):
        make_contact(make_client(where.organisation), "ana@exemple.fr", user=user)
    assert [one.slug for one in queries.organisations_of(user.pk)] == ["ailleurs", "ici"]


def test_imports_of_another_organisation_do_not_exist(here, elsewhere):
    import_id = prepared(here)
    assert queries.import_(import_id, seen_by=here.by).file_name == "clients.csv"
    with pytest.raises(Missing):
        queries.import_(import_id, seen_by=elsewhere.by)
