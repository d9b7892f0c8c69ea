"""Seats given as people pay, or as a manager validates: what a candidate holds, owes, gets (ADR 0035)."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Invalid
from comptoir.base.text import folded
from comptoir.bookings import counting
from comptoir.bookings.commands import candidates
from comptoir.bookings.commands.candidates import end_candidates, seat_freed
from comptoir.bookings.commands.confirming import send_confirmation
from comptoir.bookings.commands.holding import expire_holds
from comptoir.bookings.commands.moving import cancel_booking, reactivate_booking, validate_booking
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.own import own
from comptoir.bookings.queries import by_seat, seats_left
from comptoir.bookings.seats import NoSeatLeft
from comptoir.checkout.accepting import StaleBasket
from comptoir.checkout.courses import SignUp, replace, sign_up
from comptoir.courses.commands.types import set_type
from comptoir.courses.models import PublicCourse
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.payments.commands.recording import Settled, record_payment, record_refund
from tests.checkout.direct import make_fair
from tests.courses.test_replacing import link
from tests.factories import NOW, make_session

HOUR = timedelta(hours=1)
PRICE = 12_000  # 100 € and VAT


@pytest.fixture
def paid(db):
    """Two seats, given as people pay."""
    return fair_of("payment")


@pytest.fixture
def validated(db):
    """Two seats, given as a manager validates."""
    return fair_of("validation")


def fair_of(seat_order, **fields):
    fair = make_fair(**{"capacity": 2, **fields})
    set_type(activity_id=fair.activity.pk, name="PSC1", seat_order=seat_order, by=fair.desk, at=NOW)
    return fair


def signed(fair, name, *, session=None, at=NOW):
    """The booking that this person's sign-up makes."""
    session = session or fair.session
    method = "cheque" if session.price_cents else ""
    email = f"{folded(name)}@exemple.fr"
    wanted = SignUp(session.reference, name, "Vial", email, "", None, method, None, f"{name}-{session.pk}")
    sign_up(wanted, by=fair.by, at=at)
    return Booking.objects.filter(contact_email=email).latest("pk")


def pay(fair, booking, cents=PRICE, *, at=NOW):
    key = f"{booking.pk}-{at:%H%M}-{cents}"
    settled = Settled(cents, "cheque", at.date())
    record_payment(booking_id=booking.pk, key=key, settled=settled, by=fair.desk, at=at)


def state(booking):
    return booking.registrations.get().state


def mails(booking):
    return list(Message.objects.filter(about=booking.reference).order_by("pk").values_list("kind", flat=True))


def free(fair):
    return seats_left([fair.session.pk])[fair.session.pk].left


def test_to_be_paid_a_sign_up_holds_no_seat_and_owes_its_price(paid):
    zoe = signed(paid, "Zoé")
    assert (state(zoe), zoe.payment, zoe.due_cents, zoe.held_until) == ("candidate", "due", PRICE, None)
    assert (free(paid), seats_left([paid.session.pk])[paid.session.pk].candidates) == (2, 1)
    assert mails(zoe) == ["candidate-recorded"]
    assert "dans l’ordre des paiements reçus" in Message.objects.get().text
    assert counting.differences() == {}


def test_more_sign_up_than_there_are_seats_until_those_are_taken(paid):
    some = [signed(paid, name) for name in ("Ana", "Bob", "Cléo")]
    for one in some[:2]:
        pay(paid, one)
    assert [state(one) for one in some] == ["validated", "validated", "candidate"]
    with pytest.raises(StaleBasket, match="complet"):
        signed(paid, "Dan")


def test_the_seat_is_had_once_paid_in_full_and_told(paid):
    zoe = signed(paid, "Zoé")
    pay(paid, zoe, 5_000)
    assert (state(zoe), free(paid)) == ("candidate", 2)
    pay(paid, zoe, 7_000, at=NOW + HOUR)
    assert (state(zoe), free(paid)) == ("validated", 1)
    assert mails(zoe) == ["candidate-recorded", "candidate-seated"]
    assert Entry.objects.filter(what="candidate.seated", about=zoe.reference).count() == 1
    assert counting.differences() == {}


def test_paid_when_none_is_left_the_money_stays_and_the_person_is_first(paid):
    some = [signed(paid, name) for name in ("Ana", "Bob", "Cléo", "Dan", "Eve")]
    for number in (4, 3, 2, 1):
        pay(paid, some[number], at=NOW + HOUR * (5 - number))
    ana, bob, cleo, _dan, _eve = some
    assert [state(one) for one in some] == ["candidate"] * 3 + ["validated"] * 2
    assert mails(cleo) == ["candidate-recorded", "candidate-unseated"]
    assert "rang 1" in Message.objects.get(about=cleo.reference, kind="candidate-unseated").text
    assert "rang 2" in Message.objects.get(about=bob.reference, kind="candidate-unseated").text
    bob.refresh_from_db()
    assert (bob.paid_cents, bob.payment, own(bob, at=NOW).rank) == (PRICE, "paid", 2)
    listed = [row.first_name for row in by_seat(paid.session.pk, seen_by=paid.desk)]
    assert listed == ["Eve", "Dan", "Cléo", "Bob", "Ana"]
    assert own(ana, at=NOW).rank == 0


def test_a_seat_that_becomes_free_goes_to_the_first_who_paid(paid):
    ana, bob, cleo, dan = (signed(paid, name) for name in ("Ana", "Bob", "Cléo", "Dan"))
    for number, one in enumerate((dan, cleo, bob, ana)):
        pay(paid, one, at=NOW + HOUR * number)
    assert seat_freed(at=NOW + HOUR * 4).done == []
    cancel_booking(booking_id=dan.pk, by=paid.desk, at=NOW + HOUR * 4)
    assert seat_freed(at=NOW + HOUR * 5).done == [bob.reference]
    assert [state(one) for one in (ana, bob, cleo)] == ["candidate", "validated", "validated"]
    assert mails(bob) == ["candidate-recorded", "candidate-unseated", "candidate-seated"]
    assert seat_freed(at=NOW + HOUR * 5).done == []


def test_nobody_who_pays_later_overtakes_even_before_the_round(paid):
    ana, bob, cleo, dan = (signed(paid, name) for name in ("Ana", "Bob", "Cléo", "Dan"))
    for number, one in enumerate((ana, bob, cleo)):
        pay(paid, one, at=NOW + HOUR * number)
    cancel_booking(booking_id=ana.pk, by=paid.desk, at=NOW + HOUR * 4)
    pay(paid, dan, at=NOW + HOUR * 5)
    with pytest.raises(NoSeatLeft):
        validate_booking(booking_id=dan.pk, by=paid.desk, at=NOW + HOUR * 5)
    assert (state(cleo), state(dan)) == ("candidate", "candidate")
    seat_freed(at=NOW + HOUR * 6)
    assert (state(cleo), state(dan)) == ("validated", "candidate")


def test_sabotage_without_the_look_ahead_the_last_to_pay_overtakes(paid, monkeypatch):
    monkeypatch.setattr(candidates, "ahead", lambda *_: [])
    ana, bob, cleo, dan = (signed(paid, name) for name in ("Ana", "Bob", "Cléo", "Dan"))
    for number, one in enumerate((ana, bob, cleo)):
        pay(paid, one, at=NOW + HOUR * number)
    cancel_booking(booking_id=ana.pk, by=paid.desk, at=NOW + HOUR * 4)
    pay(paid, dan, at=NOW + HOUR * 5)
    assert (state(cleo), state(dan)) == ("candidate", "validated")  # what the test above would see


def test_paid_back_the_rank_is_lost_and_the_price_due_again(paid):
    ana, bob, cleo = (signed(paid, name) for name in ("Ana", "Bob", "Cléo"))
    for number, one in enumerate((ana, bob, cleo)):
        pay(paid, one, at=NOW + HOUR * number)
    cancel_booking(booking_id=cleo.pk, by=paid.desk, at=NOW + HOUR * 3)
    cleo.refresh_from_db()
    assert (cleo.payment, cleo.refund_due_cents) == ("refund_due", PRICE)
    settled = Settled(PRICE, "transfer", NOW.date())
    record_refund(booking_id=cleo.pk, key="rendu", settled=settled, by=paid.desk, at=NOW + HOUR * 3)
    reactivate_booking(booking_id=cleo.pk, by=paid.desk, at=NOW + HOUR * 4)
    cleo.refresh_from_db()
    assert (state(cleo), cleo.payment, cleo.secured_at) == ("candidate", "due", None)


def test_brought_back_with_its_money_it_has_its_seat_or_its_rank(paid):
    ana, bob, cleo = (signed(paid, name) for name in ("Ana", "Bob", "Cléo"))
    pay(paid, ana)
    cancel_booking(booking_id=ana.pk, by=paid.desk, at=NOW + HOUR)
    reactivate_booking(booking_id=ana.pk, by=paid.desk, at=NOW + HOUR * 2)
    assert state(ana) == "validated"
    cancel_booking(booking_id=ana.pk, by=paid.desk, at=NOW + HOUR * 3)
    pay(paid, bob, at=NOW + HOUR * 3)
    pay(paid, cleo, at=NOW + HOUR * 3)
    reactivate_booking(booking_id=ana.pk, by=paid.desk, at=NOW + HOUR * 4)
    ana.refresh_from_db()
    assert (state(ana), ana.payment, ana.secured_at) == ("candidate", "paid", NOW + HOUR * 4)
    assert counting.differences() == {}


def test_no_date_frees_what_holds_no_seat(paid):
    zoe = signed(paid, "Zoé")
    assert expire_holds(at=NOW + timedelta(days=400)).done == []
    assert state(zoe) == "candidate"


def test_what_costs_nothing_is_taken_on_arrival(db):
    fair = fair_of("payment", price_cents=0)
    zoe = signed(fair, "Zoé")
    assert (state(zoe), zoe.seat_order, mails(zoe)) == ("pending", "arrival", ["booking-confirmation"])


def test_to_be_validated_nothing_is_due_until_the_seat_is_had(validated):
    ana, bob, cleo = (signed(validated, name) for name in ("Ana", "Bob", "Cléo"))
    assert (state(ana), ana.payment, ana.held_until) == ("candidate", "free", None)
    assert "vous n’avez rien à payer" in Message.objects.get(about=ana.reference).text
    for one in (cleo, ana):
        validate_booking(booking_id=one.pk, by=validated.desk, at=NOW + HOUR)
    ana.refresh_from_db()
    assert (state(ana), ana.due_cents, mails(ana)) == ("validated", PRICE, ["candidate-recorded", "candidate-seated"])
    with pytest.raises(NoSeatLeft) as refusal:
        validate_booking(booking_id=bob.pk, by=validated.desk, at=NOW + HOUR)
    said = str(refusal.value)
    assert validated.activity.title in said
    assert "1 candidature y attend une place" in said
    assert (state(bob), free(validated)) == ("candidate", 0)
    assert counting.differences() == {}


def test_a_session_that_begins_or_is_called_off_ends_its_candidates_and_owes_them_their_money(paid):
    ana, bob, cleo = (signed(paid, name) for name in ("Ana", "Bob", "Cléo"))
    for number, one in enumerate((ana, bob, cleo)):
        pay(paid, one, at=NOW + HOUR * number)
    later = paid.session.begins_at
    assert end_candidates(at=later - HOUR).done == []
    assert end_candidates(at=later).done == [cleo.reference]
    cleo.refresh_from_db()
    assert (state(cleo), cleo.payment, mails(cleo)[-1]) == ("cancelled", "refund_due", "candidate-ended")
    assert "vous seront remboursés" in Message.objects.get(kind="candidate-ended").text
    assert (state(ana), state(bob)) == ("validated", "validated")


def test_paid_after_the_beginning_nobody_is_seated(paid):
    zoe = signed(paid, "Zoé")
    pay(paid, zoe, at=paid.session.begins_at + HOUR)
    assert state(zoe) == "candidate"


def test_a_candidate_may_always_leave_and_do_nothing_else_of_a_seat(paid):
    allowed = own(signed(paid, "Zoé"), at=NOW)
    assert (allowed.may_cancel, allowed.may_rename, allowed.may_change_add_ons) == (True, False, False)
    assert (allowed.awaits_payment, allowed.is_candidate) == (True, True)
    assert "transfer" in allowed.methods


def test_the_confirmation_sent_again_promises_no_seat(validated):
    zoe = signed(validated, "Zoé")
    send_confirmation(booking_id=zoe.pk, by=validated.desk, at=NOW + HOUR)
    assert mails(zoe) == ["candidate-recorded"] * 2


def test_a_candidate_is_one_sign_up_to_a_type_and_may_be_replaced(paid):
    other = make_session(paid.activity, capacity=3, price_cents=10_000)
    zoe = signed(paid, "Zoé")
    signed(paid, "Zoé", session=other)
    assert Registration.objects.count() == 1
    replace(token=link(), by=paid.by, at=NOW)
    assert list(Registration.objects.order_by("pk").values_list("session", "state")) == [
        (paid.session.pk, "cancelled"), (other.pk, "candidate")
    ]  # fmt: skip
    zoe.refresh_from_db()
    assert zoe.owed_cents == 0


def test_the_order_is_the_activity_s_and_holds_for_the_next(paid):
    zoe = signed(paid, "Zoé")
    set_type(activity_id=paid.activity.pk, name="PSC1", seat_order="arrival", by=paid.desk, at=NOW)
    ana = signed(paid, "Ana")
    assert (state(zoe), state(ana)) == ("candidate", "pending")
    pay(paid, zoe)
    assert state(zoe) == "validated"
    with pytest.raises(Invalid, match="liste"):
        set_type(activity_id=paid.activity.pk, name="PSC1", seat_order="alphabetical", by=paid.desk, at=NOW)
    assert PublicCourse.objects.get().seat_order == "arrival"
