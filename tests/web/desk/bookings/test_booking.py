"""A booking's page: what it shows, what it masks, what can be done there (C7, C8, C14–C22)."""

import pytest

from comptoir.bookings.models import Registration
from comptoir.mail.models import Message
from comptoir.payments.models import Entry
from tests.factories import make_level, make_organisation, make_registrations, make_staff
from tests.web.desk.desk import Desk, words

TODAY = "2026-11-23"


@pytest.fixture
def row(place):
    named = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    people = [("Hugo", "Marchand", "hugo@exemple.fr"), ("Anne", "Vial", "")]
    return make_registrations(place.session, people=people, state="pending", **named)[0]


def states(row):
    return list(
        Registration.objects.filter(booking=row.booking_id).order_by("position").values_list("state", flat=True)
    )


def paid(**more):
    return {"key": "k", "amount": "600,00", "method": "cheque", "settled_on": TODAY, "comment": "", **more}


def test_everything_at_one_look(row, desk):
    page = words(desk.get("booking", row.booking.reference))
    for text in (
        "Marchand Hugo",
        "Vial Anne",
        "claire@exemple.fr",
        "En attente de paiement",
        "600,00",
        "Valider le paiement",
    ):
        assert text in page, text


def test_nobody_else_finds_it(row, place):
    stranger = Desk(make_staff(make_organisation("rhone")))
    assert stranger.get("booking", row.booking.reference).status_code == 404
    other = Desk(make_staff(place.organisation, "manager"))
    assert other.get("booking", row.booking.reference).status_code == 404
    for act in (
        "booking-cancel",
        "booking-validate",
        "booking-reactivate",
        "booking-payment",
        "booking-refund",
        "booking-mark",
    ):
        assert other.post(act, row.booking.reference, data=paid()).status_code == 404, act
    assert states(row) == ["pending", "pending"]


def test_people_outside_the_perimeter_are_masked_everywhere(row, place, manager):
    secret = make_registrations(place.other, people=[("Zoé", "Secret", "zoe@secret.fr")])[0]
    Registration.objects.filter(pk=secret.pk).update(booking=row.booking, position=3)
    ref = row.booking.reference
    pages = [
        manager.get("booking", ref), manager.get("booking-contact", ref), manager.get("bookings"),
        manager.get("bookings", query={"text": ref}), manager.post("booking-cancel", ref),
        manager.post("booking-payment", ref, data=paid()), manager.get("search", query={"q": "secret"}),
        manager.post("bookings-choose", data={"all": "1", "act": "contact"}),
    ]  # fmt: skip
    csv = b"".join(manager.post("bookings-choose", data={"all": "1", "act": "csv"}).streaming_content).decode()
    for page in [*(words(one) for one in pages), csv]:
        assert "zoe@secret.fr" not in page
        assert "Zoé" not in page
    assert "•••" in words(pages[0])
    assert "Valider le paiement" not in words(pages[0])
    assert [one.status_code for one in pages[4:6]] == [403, 403]
    assert manager.get("booking-withdraw", ref, secret.pk).status_code == 404
    assert manager.post("booking-withdraw", ref, secret.pk).status_code == 404
    assert not Entry.objects.exists()


def test_validate_cancel_reactivate(row, desk):
    ref = row.booking.reference
    desk.post("booking-validate", ref)
    assert states(row) == ["validated", "validated"]
    assert "seront libres" in words(desk.get("booking-cancel", ref))
    assert states(row) == ["validated", "validated"], "a GET changes nothing"
    assert "ses places sont libres" in words(desk.post("booking-cancel", ref, follow=True))
    assert states(row) == ["cancelled", "cancelled"]
    again = desk.post("booking-cancel", ref)
    assert (again.status_code, "déjà annulée" in words(again)) == (409, True)
    desk.post("booking-reactivate", ref)
    assert states(row) == ["pending", "pending"]


def test_a_full_session_refuses_to_bring_back(row, place, desk):
    desk.post("booking-cancel", row.booking.reference)
    make_registrations(place.session, 3)
    page = desk.post("booking-reactivate", row.booking.reference)
    assert page.status_code == 409
    assert "il reste 1 place" in words(page)


def test_one_is_withdrawn_after_a_warning(row, desk):
    ref = row.booking.reference
    assert desk.get("booking-withdraw", ref, row.pk).status_code == 404, "still pending"
    desk.post("booking-validate", ref)
    assert "C’est définitif" in words(desk.get("booking-withdraw", ref, row.pk))
    assert "est retirée" in words(desk.post("booking-withdraw", ref, row.pk, follow=True))
    assert states(row) == ["withdrawn", "validated"]
    assert desk.post("booking-withdraw", ref, row.pk).status_code == 409


def test_a_payment_is_validated_and_the_contact_told(row, desk):
    ref = row.booking.reference
    page = desk.post("booking-payment", ref, data=paid(comment="Chèque 0042", notify="on"), follow=True)
    assert "Le paiement est validé." in words(page)
    assert "Chèque 0042" in words(page)
    assert "Payé" in words(page)
    assert states(row) == ["validated", "validated"]
    assert Message.objects.get().about == ref
    desk.post("booking-payment", ref, data=paid(notify="on"))
    assert (Entry.objects.count(), Message.objects.count()) == (1, 1)
    late = desk.post("booking-payment", ref, data=paid(key="k2"))
    assert (late.status_code, "Rien n’est dû" in words(late)) == (409, True)


def test_what_was_typed_stays_with_its_faults(row, desk):
    page = desk.post("booking-payment", row.booking.reference, data=paid(amount="601", comment="Chèque 7"))
    assert page.status_code == 422
    assert "600,00 €, ce qui reste" in words(page)
    assert 'value="Chèque 7"' in page.content.decode()
    for data in (paid(amount="beaucoup"), paid(method="or"), {}):
        assert desk.post("booking-payment", row.booking.reference, data=data).status_code == 422
    assert not Entry.objects.exists()


def test_a_refund_is_validated(row, desk):
    ref = row.booking.reference
    desk.post("booking-payment", ref, data=paid())
    desk.post("booking-withdraw", ref, row.pk)
    page = words(desk.get("booking", ref))
    assert "En attente de remboursement" in page
    assert "300,00 € sont à rembourser" in page
    desk.post("booking-refund", ref, data=paid(key="r", amount="300", comment="Virement du 3"))
    page = words(desk.get("booking", ref))
    assert "En attente de remboursement" not in page
    assert "Virement du 3" in page


def test_label_and_level(row, place, desk):
    level = make_level(place.organisation, "Convoquée")
    desk.post("booking-mark", row.booking.reference, data={"label": "VIP", "level": str(level.pk)})
    page = words(desk.get("booking", row.booking.reference))
    assert "VIP" in page
    assert "Convoquée" in page
    assert desk.post("booking-mark", row.booking.reference, data={"label": "x" * 41}).status_code == 422
    assert desk.post("booking-mark", row.booking.reference, data={"level": "999999"}).status_code == 404
    assert desk.post("booking-mark", row.booking.reference).status_code == 302


def test_the_payment_journal(row, desk, manager):
    assert "Aucun paiement" in words(desk.get("bookings-ledger"))
    desk.post("booking-payment", row.booking.reference, data=paid())
    assert "novembre 2026" in words(desk.get("bookings-ledger"))
    assert "600,00" in words(manager.get("bookings-ledger"))
    assert "Aucun paiement" in words(desk.get("bookings-ledger", query={"first": "2027-01-01"}))
    file = b"".join(desk.post("bookings-ledger").streaming_content).decode("utf-8-sig")
    assert file.splitlines()[1].startswith('1;23/11/2026;"Paiement";"Chèque";600,00;"R-')
