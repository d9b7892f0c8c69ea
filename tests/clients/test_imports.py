"""Imports: nothing doubled however often, cut anywhere and finished, nothing of another organisation touched."""

from contextlib import nullcontext
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage

from comptoir.base.errors import Forbidden, Missing
from comptoir.base.speaking import speaking
from comptoir.clients import importing
from comptoir.clients.commands import import_runs, imports
from comptoir.clients.models import Client, ClientImport, Contact
from comptoir.clients.reading import Unreadable
from comptoir.clients.states import ForbiddenMove
from comptoir.journal.models import Entry
from comptoir.organisations.actors import visitor
from tests.factories import NOW, make_client

FILE = """id;raison_sociale;siret;adresse;code_postal;ville;telephone;email;contact
1;Ateliers du Lac;73282932000074;3 rue du Lac;74000;Annecy;04 78 12 34 56;bureau@lac.example;Mme Claire PETIT
2;Mairie de Sète;;;34200;Sète;;;
3;;;;;;;;
4;Clinique du Parc;732829320;;;;;;M. Durand
"""
LATER = NOW + timedelta(minutes=1)


def taken(where, text=FILE, at=NOW):
    return imports.import_clients(source=BytesIO(text.encode()), by=where.by, at=at).counts


def rows():
    return list(Client.objects.order_by("id").values())


def test_a_file_makes_clients_with_numbers_and_main_contacts(here):
    assert taken(here) == {"created": 3, "changed": 0, "unchanged": 0, "refused": 1}
    lake, town, clinic = Client.objects.order_by("id")
    assert (lake.number, lake.imported_id, lake.siret, lake.kind) == ("C000001", "1", "73282932000074", "firm")
    assert (town.kind, town.name_town_key, clinic.doubtful_siret) == ("public", "mairie de sete|sete", "732829320")
    assert list(Contact.objects.order_by("id").values_list("client_id", "first_name", "last_name", "is_main")) == [
        (lake.pk, "Claire", "PETIT", True), (clinic.pk, "", "Durand", True),
    ]  # fmt: skip
    assert Entry.objects.get(what="client.imported").detail == {
        "created": 3, "changed": 0, "unchanged": 0, "refused": 1,
    }  # fmt: skip


def test_again_and_nothing_is_doubled_nor_touched(here):
    taken(here)
    before = rows(), list(Contact.objects.values())
    assert taken(here) == {"created": 0, "changed": 0, "unchanged": 3, "refused": 1}
    assert (rows(), list(Contact.objects.values())) == before


def test_the_file_wins_where_it_speaks_and_is_silent_where_it_is_empty(here):
    taken(here)
    Client.objects.filter(imported_id="1").update(notes="À rappeler", city="Cran")
    text = "id,raison_sociale,siret,ville,contact\n1,Ateliers du Lac Bleu,,Annecy,Ali Blum\n"
    text += "4,Clinique du Parc,73282932000082,,\n"
    assert taken(here, text) == {"created": 0, "changed": 2, "unchanged": 0, "refused": 0}
    lake, _town, clinic = Client.objects.order_by("id")
    assert (lake.legal_name, lake.name_key, lake.siret, lake.city, lake.notes) == (
        "Ateliers du Lac Bleu", "ateliers du lac bleu", "73282932000074", "Annecy", "À rappeler",
    )  # fmt: skip
    assert [(str(one), one.is_main) for one in lake.contacts.order_by("id")] == [
        ("Claire PETIT", True), ("Ali Blum", False),
    ]  # fmt: skip
    assert (clinic.siret, clinic.doubtful_siret) == ("73282932000082", "")


def test_the_same_identifiers_elsewhere_are_other_clients(here, elsewhere):
    taken(here)
    before = rows()
    assert taken(elsewhere)["created"] == 3
    assert rows()[:3] == before


def test_numbers_go_on_from_those_given_by_hand(here):
    taken(here, "id,raison_sociale\n9,Neuf\n")
    taken(here)
    assert max(Client.objects.values_list("number", flat=True)) == "C000004"


def test_only_who_keeps_records_imports(here):
    by = visitor(here.organisation.pk)
    with pytest.raises(Forbidden):
        imports.import_clients(source=BytesIO(FILE.encode()), by=by, at=NOW)
    with pytest.raises(Forbidden):
        imports.prepare_import(source=BytesIO(FILE.encode()), file_name="x.csv", by=by, at=NOW)


def test_progress_is_told_batch_by_batch(here, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    told = []
    imports.import_clients(source=BytesIO(FILE.encode()), by=here.by, at=NOW, on_batch=lambda t: told.append(t.total))
    assert told == [2, 4]


def prepared(where, text=FILE):
    source = BytesIO(text.encode())
    import_id = imports.prepare_import(source=source, file_name="clients.csv", by=where.by, at=NOW)
    return ClientImport.objects.get(pk=import_id)


def test_a_preview_counts_without_writing_and_the_run_does_what_it_said(here):
    make_client(here.organisation, "Mairie de Sète", imported_id="2", city="Sète", postcode="34200")
    row = prepared(here)
    assert row.foreseen == {"created": 2, "changed": 0, "unchanged": 1, "refused": 1}
    Client.objects.update(city="Agde")
    assert prepared(here).foreseen == {"created": 2, "changed": 1, "unchanged": 0, "refused": 1}
    Client.objects.update(city="Sète")
    assert [(one["line"], one["refused"]) for one in row.problems] == [(4, True), (5, False)]
    assert [one["id"] for one in row.reading["sample"]] == ["1", "2", "4"]
    assert Client.objects.count() == 1
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    assert import_runs.run_due(at=LATER, limit=10).done == [row.pk]
    row.refresh_from_db()
    assert (row.state, row.position, row.created, row.unchanged, row.skipped) == ("done", 4, 2, 1, 1)
    assert not row.file
    assert "sample" not in row.reading
    assert import_runs.run_due(at=LATER, limit=10).done == []


def test_an_abandoned_file_is_gone_and_stays_so(here, elsewhere):
    row = prepared(here)
    name = row.file.name
    assert default_storage.exists(name)
    with pytest.raises(Missing):
        imports.abandon_import(import_id=row.pk, by=elsewhere.by, at=NOW)
    imports.abandon_import(import_id=row.pk, by=here.by, at=NOW)
    assert not default_storage.exists(name)
    with pytest.raises(ForbiddenMove):
        imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)


class Cut(BaseException):
    """The power went."""


def cut_and_finished(here, monkeypatch, batches):
    """An import of six lines cut in a batch, then finished by the next worker; answers what is wrong with it."""
    monkeypatch.setattr(importing, "BATCH", 2)
    row = prepared(here, "id,raison_sociale\n" + "".join(f"{number},Client {number}\n" for number in range(6)))
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    whole, calls = importing.write, []

    def cut(*args, **kwargs):
        calls.append(1)
        if len(calls) > batches:
            raise Cut
        whole(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "write", cut)
        with pytest.raises(Cut):
            import_runs.run_due(at=NOW, limit=1)
    held = import_runs.run_due(at=LATER, limit=1).done  # the worker that died still holds it
    import_runs.run_due(at=NOW + import_runs.HOLD * 2, limit=1)
    row.refresh_from_db()
    found = (held, row.state, row.created, row.position, Client.objects.count())
    return [] if found == ([], "done", 6, 6, 6) else [found]


@pytest.mark.fault
@pytest.mark.parametrize("batches", range(3))
def test_cut_in_any_batch_the_next_round_finishes_it_once(here, monkeypatch, batches):
    assert cut_and_finished(here, monkeypatch, batches) == []


@pytest.mark.fault
def test_the_cut_catches_a_position_kept_apart_from_its_lines(here, monkeypatch):
    """Sabotage: the batch and where the file stands are no longer one transaction."""
    monkeypatch.setattr(import_runs, "transaction", SimpleNamespace(atomic=nullcontext))
    assert cut_and_finished(here, monkeypatch, 1) != []


def overtaken(here, monkeypatch):
    """A worker sleeps in its first batch while another does the whole import; answers what is wrong."""
    row = prepared(here)
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    step = import_runs._step

    def asleep(*args, **kwargs):
        monkeypatch.setattr(import_runs, "_step", step)
        import_runs.run_due(at=NOW + import_runs.HOLD * 2, limit=1)
        step(*args, **kwargs)

    monkeypatch.setattr(import_runs, "_step", asleep)
    skipped = [one.refusal.code for one in import_runs.run_due(at=NOW, limit=1).skipped]
    row.refresh_from_db()
    found = (skipped, row.state, row.created, row.unchanged, Client.objects.count())
    return [] if found == (["import-taken-over"], "done", 3, 0, 3) else [found]


@pytest.mark.fault
def test_a_worker_that_was_overtaken_writes_nothing(here, monkeypatch):
    assert overtaken(here, monkeypatch) == []


@pytest.mark.fault
def test_the_overtaking_catches_a_worker_that_does_not_look(here, monkeypatch):
    """Sabotage: the batch is written without asking whether the import still stands where it was."""
    monkeypatch.setattr(import_runs, "_still_ours", lambda row, count, at: True)
    assert overtaken(here, monkeypatch) != []


def test_a_file_that_vanished_fails_in_words_and_can_be_abandoned(here):
    row = prepared(here)
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    default_storage.delete(row.file.name)
    import_runs.run_due(at=LATER, limit=1)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.failure == "Le fichier déposé ne se lit plus."
    imports.abandon_import(import_id=row.pk, by=here.by, at=NOW)


def test_an_unreadable_file_is_not_kept(here):
    with pytest.raises(Unreadable):
        imports.prepare_import(source=BytesIO(b"PK\x03\x04"), file_name="x.xlsx", by=here.by, at=NOW)
    assert not ClientImport.objects.exists()


def test_problems_of_a_file_are_kept_in_french_whoever_looks(here):
    with speaking("en"):
        source = BytesIO(b"id,raison_sociale\n1,\n")
        pk = imports.prepare_import(source=source, file_name="x.csv", by=here.by, at=NOW)
    kept = str(ClientImport.objects.get(pk=pk).problems)
    assert "La raison sociale est vide." in kept
