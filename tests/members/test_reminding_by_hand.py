"""The desk asks for the dues of a year itself: whom, when, whom it skips; the list of who owes; the delays decided."""

from datetime import date, timedelta
from functools import partial

import pytest

from comptoir.accounts.models import User
from comptoir.base.errors import Forbidden, Invalid, Missing, Several
from comptoir.members import owing, queries, renewal
from comptoir.members.commands import erasing, renewing, rules
from comptoir.members.models import MemberRules
from tests import factories as f
from tests.members.test_renewing import DAY, HOURS, decided, sent  # noqa: F401  # a fixture


def test_the_desk_asks_many_and_says_whom_it_skipped(organisation, by):
    good, paid = f.make_member(organisation), f.make_member(organisation, dues=[2026], last_name="Petit")
    pending = f.make_member(organisation, state="pending", last_name="Bernard")
    unproved = f.make_member(organisation, checked=False, last_name="Martin")
    unknown = f.make_member(organisation, user=f.make_user(email=""), checked=False, last_name="Roux")
    closed = f.make_member(organisation, last_name="Clos")
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    stranger = f.make_member(f.make_organisation())
    rows = (good, paid, pending, unproved, unknown, closed, stranger, good)
    ask = partial(renewing.remind_members, member_ids=[one.pk for one in rows], year=2026, by=by)
    outcome = ask(at=f.NOW)
    assert outcome.done == [good.pk]
    assert [(one.name, one.refusal.code) for one in outcome.skipped] == [
        ("Petit Jean", "year-paid"), ("Bernard Jean", "not-validated"), ("Martin Jean", "not-reached"),
        ("Roux Jean", "not-reached"), ("Clos Jean", "not-reached"), ("missing", "missing"),
    ]  # fmt: skip
    assert sent() == [("member-dues-missing", good.user.email)]
    assert ask(at=f.NOW + 19 * HOURS).skipped[0].refusal.code == "reminded-lately"
    assert ask(at=f.NOW + 21 * HOURS).done == [good.pk]
    assert len(sent()) == 2


def test_whom_the_desk_just_asked_the_round_leaves_alone_for_a_week(organisation, by):
    member = f.make_member(organisation)
    renewing.remind_member(member_id=member.pk, year=2027, by=by, at=DAY - HOURS)
    assert sent()[0][0] == "member-renewal"
    assert renewing.remind_due(at=DAY).done == []
    assert renewing.remind_due(at=DAY + timedelta(days=7)).done == [member.number]


def test_the_coming_year_is_asked_for_in_its_time_only(organisation, by):
    member = f.make_member(organisation)
    with pytest.raises(Invalid):
        renewing.remind_member(member_id=member.pk, year=2027, by=by, at=DAY - timedelta(days=1))
    with pytest.raises(Invalid):
        renewing.remind_member(member_id=member.pk, year=2025, by=by, at=DAY)
    undecided = MemberRules()
    assert renewal.years(undecided, today=date(2026, 11, 30)) == [2026]
    assert renewal.years(undecided, today=date(2026, 12, 1)) == [2026, 2027]


def test_administrators_of_the_organisation_only(organisation, by):
    member = f.make_member(organisation)
    for role in ("assistant", "sales_rep", "manager"):
        other = f.actor_of(f.make_staff(organisation, role))
        with pytest.raises(Forbidden):
            renewing.remind_members(member_ids=[member.pk], year=2026, by=other, at=f.NOW)
        with pytest.raises(Forbidden):
            renewing.remind_member(member_id=member.pk, year=2026, by=other, at=f.NOW)
        assert not owing.renewals(seen_by=other, year=2026).exists()
        assert (owing.renewal_count(seen_by=other, year=2026), queries.waiting_if_taking(seen_by=other)) == (0, None)
    stranger = f.actor_of(f.make_staff(f.make_organisation()))
    assert not owing.renewals(seen_by=stranger, year=2026).exists()
    with pytest.raises(Missing):
        renewing.remind_member(member_id=member.pk, year=2026, by=stranger, at=f.NOW)


def test_the_list_says_who_owes_and_who_was_reminded(organisation, by, django_assert_num_queries):
    f.make_member(organisation, last_name="Paye", dues=[2026, 2027])
    f.make_member(organisation, last_name="Refuse", state="refused")
    erased = f.make_member(organisation, last_name="Efface")
    erasing.erase(erased, by=by, at=f.NOW)
    f.make_member(organisation, last_name="Zoé", dues=[2024, 2026])
    told = f.make_member(organisation, last_name="Alain")
    renewing.remind_member(member_id=told.pk, year=2027, by=by, at=DAY)
    with django_assert_num_queries(1):
        rows = list(owing.renewals(seen_by=by, year=2027))
        assert all(one.user.email for one in rows)
    assert [(one.last_name, one.last_year, one.reminded_at) for one in rows] == [
        ("Alain", None, DAY), ("Zoé", 2026, None),
    ]  # fmt: skip
    assert owing.renewal_count(seen_by=by, year=2027) == owing.some_renewals(seen_by=by, year=2027) == 2


def test_every_delay_out_of_bounds_is_named(organisation, by):
    wrong = {"remind_before_days": 91, "remind_after_days": 0}
    with pytest.raises(Several) as caught:
        rules.set_rules(is_open=False, dues_cents=-1, **wrong, by=by, at=f.NOW)
    assert [one.field for one in caught.value.refusals] == ["dues_cents", "remind_before_days", "remind_after_days"]
