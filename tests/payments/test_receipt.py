"""The receipt of a payment: a real PDF that says what the ledger holds, for who may read the booking."""

import io

import pytest
from pypdf import PdfReader

from comptoir.base import typeset
from comptoir.bookings.commands import moving
from comptoir.bookings.links import link_of
from comptoir.organisations.models import Staff
from comptoir.payments import receipts
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.payments.models import Entry
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import NOW, make_client, make_organisation, make_registrations, make_staff
from tests.web.desk.desk import Desk


@pytest.fixture
def booking(place):  # noqa: F811
    client = make_client(place.organisation, "Ateliers du Lac #{sys}")
    made = make_registrations(place.session, 1, booking_client=client)[0].booking
    settled = Settled(30_000, "transfer", NOW.date())
    recording.record_payment(booking_id=made.pk, key="k", settled=settled, by=place.by, at=NOW)
    return made


def text_of(data):
    return " ".join(PdfReader(io.BytesIO(data)).pages[0].extract_text().split())


def test_the_receipt_says_what_the_ledger_holds(place, booking):  # noqa: F811
    moving.cancel_booking(booking_id=booking.pk, by=place.by, at=NOW)
    settled = Settled(10_000, "transfer", NOW.date())
    recording.record_refund(booking_id=booking.pk, key="r", settled=settled, by=place.by, at=NOW)
    paid, repaid = (text_of(receipts.pdf(one, booking, place.organisation)) for one in Entry.objects.order_by("pk"))
    for said in ("Reçu de paiement", "000001", booking.reference, "Ateliers du Lac #{sys}", "300,00", "Virement"):
        assert said in paid.replace("\u202f", " "), said
    for said in ("Reçu de remboursement", "000002", "100,00", "Versé à"):
        assert said in repaid.replace("\u202f", " "), said


def test_who_may_read_it(place, booking, client):  # noqa: F811
    address = f"/{place.organisation.slug}/reservation/{booking.reference}/{{}}/recus/{{}}.pdf"
    answer = client.get(address.format(link_of(booking), 1))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="recu-000001.pdf"'
    assert client.get(address.format("x" * 43, 1)).status_code == 404
    assert client.get(address.format(link_of(booking), 2)).status_code == 404
    desk = Desk(Staff.objects.get(pk=place.manager.staff_id))
    assert desk.get("booking-receipt", booking.reference, 1).status_code == 200
    stranger = Desk(make_staff(make_organisation("rhone")))
    assert stranger.get("booking-receipt", booking.reference, 1).status_code == 404


def test_a_broken_typesetter_is_said(place, booking, monkeypatch, tmp_path):  # noqa: F811
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing")
    monkeypatch.setattr(receipts, "TEMPLATE", broken)
    with pytest.raises(typeset.NotTypeset):
        typeset.typeset(broken, {})
    desk = Desk(Staff.objects.get(pk=place.by.staff_id))
    assert desk.get("booking-receipt", booking.reference, 1).status_code == 503
