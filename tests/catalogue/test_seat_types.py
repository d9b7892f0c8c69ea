"""The rates of a session."""

import pytest

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.catalogue.commands import seat_types
from comptoir.catalogue.commands.seat_types import Rate
from comptoir.catalogue.models import SeatType
from comptoir.journal.models import Entry
from tests.catalogue.conftest import faults
from tests.factories import NOW, actor_of, make_session, make_staff


def add(by, session, name="Plein tarif", price_cents=25_000, **fields):
    return seat_types.add_seat_type(session_id=session.pk, rate=Rate(name, price_cents, **fields), by=by, at=NOW)


def test_rates_stand_in_the_order_they_were_added(by, session):
    add(by, session), add(by, session, " Adhérent ", 20_000, capacity=4)
    assert list(session.seat_types.order_by("rank").values_list("name", "price_cents", "capacity", "rank")) == [
        ("Plein tarif", 25_000, None, 1), ("Adhérent", 20_000, 4, 2),
    ]  # fmt: skip
    assert Entry.objects.first().about == session.reference


@pytest.mark.parametrize(
    ("rate", "names"),
    [
        (Rate("", -1, 0, 1_000), {"name", "price", "capacity", "rank"}),
        (Rate("ADHERENT", 0), {"name"}),
        (Rate("x" * 81, 100_000_001), {"name", "price"}),
    ],
)
def test_every_field_at_fault_is_named(by, session, rate, names):
    add(by, session, "Adhérent")
    with pytest.raises(Refusal) as refused:
        seat_types.add_seat_type(session_id=session.pk, rate=rate, by=by, at=NOW)
    assert set(faults(refused.value)) == names
    assert SeatType.objects.count() == 1


def test_the_same_name_serves_in_another_session(by, session, activity):
    add(by, session), add(by, make_session(activity))


def test_a_rate_is_changed_and_keeps_its_own_name(by, session):
    pk = add(by, session)
    for _ in range(2):
        change = Rate("PLEIN TARIF", 26_000, 5, 9)
        seat_types.change_seat_type(seat_type_id=pk, rate=change, by=by, at=NOW)
    seat_types.change_seat_type(seat_type_id=pk, rate=Rate("PLEIN TARIF", 26_000, 5), by=by, at=NOW)
    assert SeatType.objects.values_list("name", "price_cents", "capacity", "rank").get() == (
        "PLEIN TARIF",
        26_000,
        5,
        9,
    )
    assert list(Entry.objects.order_by("pk").values_list("what", flat=True)) == ["seat-type.added", "seat-type.changed"]


def test_a_rate_leaves_the_offer_and_comes_back(by, session):
    pk = add(by, session)
    states = []
    for command in (
        seat_types.deactivate_seat_type, seat_types.deactivate_seat_type, seat_types.activate_seat_type
    ):  # fmt: skip
        command(seat_type_id=pk, by=by, at=NOW)
        states.append(SeatType.objects.get().is_active)
    assert states == [False, False, True]
    assert Entry.objects.count() == 3


def test_strangers_and_readers_are_kept_out(organisation, by, session, stranger):
    pk = add(by, session)
    for actor, refusal in ((stranger, Missing), (actor_of(make_staff(organisation, "sales_rep")), Forbidden)):
        with pytest.raises(refusal):
            add(actor, session, "Autre")
        with pytest.raises(refusal):
            seat_types.change_seat_type(seat_type_id=pk, rate=Rate("Autre", 0), by=actor, at=NOW)
        with pytest.raises(refusal):
            seat_types.deactivate_seat_type(seat_type_id=pk, by=actor, at=NOW)
