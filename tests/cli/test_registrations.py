"""`comptoir registrations export` and `comptoir payments export`: the same files as the desk's."""

import pytest

from comptoir.base.errors import Missing
from comptoir.cli import arguments
from comptoir.cli.verbs import registrations
from comptoir.journal.models import Entry
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from tests import office
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import NOW, make_registrations


def said(verb, *words):
    return verb(arguments.parser().parse_args(words))


def test_a_file_of_registrations(place, tmp_path, capfd):  # noqa: F811
    make_registrations(place.session, 2)
    make_registrations(place.other, state="cancelled")
    slug = place.organisation.slug
    out = tmp_path / "liste.csv"
    assert said(registrations.export, "registrations", "export", "--organisation", slug, "--out", str(out)) == 0
    assert len(out.read_bytes().splitlines()) == 4
    narrowed = ("--session", place.session.reference, "--state", "validated", "--payment", "due", "--text", "martin")
    sheet = tmp_path / "liste.xlsx"
    said(registrations.export, "registrations", "export", "--organisation", slug, *narrowed, "--out", str(sheet))
    assert len(office.cells(sheet.read_bytes())) == 3
    capfd.readouterr()
    said(registrations.export, "registrations", "export", "--organisation", slug, "--state", "cancelled")
    assert capfd.readouterr().out.count("\n") == 2
    assert list(Entry.objects.order_by("pk").values_list("detail__format", flat=True)) == ["csv", "xlsx", "csv"]
    with pytest.raises(Missing):
        said(registrations.export, "registrations", "export", "--organisation", slug, "--session", "S-0")


def test_the_payment_journal(place, capfd):  # noqa: F811
    booking = make_registrations(place.session)[0].booking
    settled = Settled(10_000, "cheque", NOW.date())
    recording.record_payment(booking_id=booking.pk, key="k", settled=settled, by=place.by, at=NOW)
    words = ("payments", "export", "--organisation", place.organisation.slug)
    said(registrations.payments, *words, "--first", "2026-11-01", "--last", "2026-11-30")
    assert booking.reference in capfd.readouterr().out
    said(registrations.payments, *words, "--first", "2027-01-01")
    assert booking.reference not in capfd.readouterr().out
