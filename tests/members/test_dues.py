"""The dues of a year: what is kept, what is refused, what is taken back."""

from datetime import date

import pytest

from comptoir.base.errors import Missing, Several
from comptoir.mail.models import Message
from comptoir.members import queries
from comptoir.members.commands import dues
from tests import factories as f

PAID = {"year": 2026, "paid_on": date(2026, 2, 3), "amount_cents": 3_500, "means": "cheque"}


def test_a_year_is_recorded_once_and_told(organisation, by):
    member = f.make_member(organisation)
    dues.record_dues(member_id=member.pk, **PAID, by=by, at=f.NOW)
    with pytest.raises(dues.YearPaid):
        dues.record_dues(member_id=member.pk, **PAID, by=by, at=f.NOW)
    row = queries.dues(member.pk).get()
    assert (row.year, row.paid_on, row.amount_cents, row.means, row.recorded_by_id) == (
        2026, date(2026, 2, 3), 3_500, "cheque", by.user_id,
    )  # fmt: skip
    assert "35,00" in Message.objects.get().text


def test_a_member_without_address_is_told_nothing(organisation, by):
    member = f.make_member(organisation, user=f.make_user(email=""), checked=False)
    dues.record_dues(member_id=member.pk, **PAID, by=by, at=f.NOW)
    assert not Message.objects.exists()


def test_every_fault_at_once(organisation, by):
    member = f.make_member(organisation)
    wrong = {"year": 2028, "paid_on": date(2026, 11, 24), "amount_cents": -1, "means": "lingots"}
    with pytest.raises(Several) as caught:
        dues.record_dues(member_id=member.pk, **wrong, by=by, at=f.NOW)
    assert [one.field for one in caught.value.refusals] == ["year", "paid_on", "amount_cents", "means"]


def test_a_mistake_is_taken_back(organisation, by):
    member, other = f.make_member(organisation, dues=[2026]), f.make_member(organisation, dues=[2026])
    with pytest.raises(Missing):
        dues.withdraw_dues(member_id=member.pk, dues_id=other.dues.get().pk, by=by, at=f.NOW)
    dues.withdraw_dues(member_id=member.pk, dues_id=member.dues.get().pk, by=by, at=f.NOW)
    assert (member.dues.count(), other.dues.count()) == (0, 1)
