"""The registrations as a file: every column, the perimeter, a page at a time (C4)."""

import io
from datetime import date

import pytest

from comptoir.base import sheets
from comptoir.bookings import exporting
from comptoir.bookings.queries import Search
from tests import office
from tests.checkout.direct import booked, make_fair
from tests.factories import make_add_on, make_client, make_level, make_registrations, make_seat_type

ODD = [("-Élie", "D’Ornano", "+elie@exemple.fr"), ("=1+1", "O;Brien", ""), ("Zoé", '"Guillemets"', "zoe@exemple.fr")]


def table(by, **search):
    return list(exporting.table(seen_by=by, search=Search(**search)))


@pytest.fixture
def rows(place):
    client = make_client(place.organisation, "007 Sécurité", siret="73282932000074")
    named = {"booking_client": client, "booking_contact_name": "Anne Vial", "booking_contact_phone": "+33240556677"}
    made = make_registrations(
        place.session, people=ODD, seat_type=make_seat_type(place.session, "Étudiant"),
        level=make_level(place.organisation, "Convoquée"), booking_label="VIP", **named,
    )  # fmt: skip
    make_registrations(place.other, state="cancelled")
    return made


def test_every_column_has_its_value(place, rows):
    found = table(place.by)
    assert [len(row) for row in found] == [len(exporting.titles())] * 4
    first = dict(zip(exporting.titles(), found[1], strict=True))
    assert first["Réservation"] == rows[0].booking.reference
    kept = {name: str(first[name]) for name in (
        "Nom", "Prénom", "Courriel", "Statut", "Tarif", "Niveau de confirmation", "Prix HT", "Prix TTC", "TVA (%)",
        "Paiement", "Numéro client", "SIRET", "Étiquette", "Contact", "Téléphone du contact", "Capacité", "Type",
        "Dû pour la réservation (TTC)", "Payé pour la réservation", "Inscrit le", "À distance",
    )}  # fmt: skip
    assert kept == {
        "Nom": "D’Ornano", "Prénom": "-Élie", "Courriel": "+elie@exemple.fr", "Statut": "Validée", "Tarif": "Étudiant",
        "Niveau de confirmation": "Convoquée", "Prix HT": "250", "Prix TTC": "300", "TVA (%)": "20",
        "Paiement": "En attente de paiement", "Numéro client": rows[0].booking.client.number,
        "SIRET": "73282932000074", "Étiquette": "VIP", "Contact": "Anne Vial",
        "Téléphone du contact": "+33240556677", "Capacité": "4", "Type": "INTER",
        "Dû pour la réservation (TTC)": "900", "Payé pour la réservation": "0",
        "Inscrit le": "2026-11-23 10:00:00", "À distance": "non",
    }  # fmt: skip


def test_a_direct_booking_says_its_add_ons_its_method_and_its_date(db):
    fair = make_fair()
    meal, book = make_add_on(fair.session), make_add_on(fair.session, "Livre", price_cents=1_050, most=5, rank=1)
    booked(fair, extras=[(meal.pk, 1), (book.pk, 2)])
    (row,) = table(fair.desk)
    said = dict(zip(exporting.titles(), row, strict=True))
    names = ("Moyen choisi", "Places gardées jusqu’au", "Extras", "Prix HT des extras")
    assert [str(said[name]) for name in names] == ["Virement", "2026-12-08 10:00:00", "1 × Déjeuner, 2 × Livre", "41"]


def test_only_the_perimeter_and_the_search(place, rows):
    assert len(table(place.manager)) == 3
    assert len(table(place.by, state="cancelled")) == 1
    assert len(list(exporting.table(seen_by=place.by, search=Search(), ids=[rows[0].pk]))) == 1


def test_it_is_read_by_pages_and_misses_nobody(place, rows, monkeypatch, django_assert_num_queries):
    whole = table(place.by)
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 2)
    assert table(place.by) == whole
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 100)
    with django_assert_num_queries(6):  # levels, rows, sessions, rates, add-ons, the end
        table(place.by)


@office.needed
def test_libreoffice_reads_the_same_cells(place, rows, tmp_path):
    whole = table(place.by)
    found = office.opened(b"".join(sheets.csv_chunks(exporting.titles(), whole)), tmp_path)
    assert found[0] == exporting.titles()
    assert [[_plain(cell) for cell in row] for row in found[1:]] == [
        [_plain(sheets.csv_text(cell) if isinstance(cell, str) else cell) for cell in row] for row in whole
    ]
    file = io.BytesIO()
    sheets.write_xlsx(file, exporting.titles(), whole, name="Inscriptions")
    exact = [[_plain(cell) for cell in row] for row in office.cells(file.getvalue())[1:]]
    assert exact == [[_plain(cell) for cell in row] for row in whole]


def _plain(cell):
    """Numbers as numbers, moments to the minute, nothing as ''."""
    if hasattr(cell, "hour"):
        return cell.replace(second=0, microsecond=0)
    return cell if isinstance(cell, (str, date)) else "" if cell is None else float(cell)
