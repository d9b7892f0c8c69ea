"""« Adhérents » is in the rail where there are members, or where something says there will be: one statement."""

import pytest

from comptoir.members import queries
from comptoir.members.commands import erasing
from comptoir.members.models import Member, MemberRules
from comptoir.organisations.actors import system
from tests import factories as f

pytestmark = pytest.mark.django_db


def taking(made):
    return queries.waiting_if_taking(seen_by=system(made.pk))


def test_nothing_says_so(django_assert_num_queries):
    made = f.make_organisation()
    with django_assert_num_queries(1):
        assert taking(made) is None
    MemberRules.objects.create(organisation=made)
    assert taking(made) is None
    assert taking(f.make_organisation()) is None


@pytest.mark.parametrize(
    "kept", [{"is_open": True}, {"dues_cents": 0}, {"remind_before_days": 1}, {"remind_after_days": 1}]
)
def test_a_decision_says_so(kept):
    made = f.make_organisation()
    MemberRules.objects.create(organisation=made, **kept)
    assert taking(made) == 0


def test_somebody_says_so_until_erased(django_assert_num_queries):
    made = f.make_organisation()
    member = f.make_member(made)
    assert taking(made) == 0
    for _number in range(3):
        f.make_member(made, state="pending")
    with django_assert_num_queries(1):
        assert taking(made) == 3
    Member.objects.filter(organisation=made).exclude(pk=member.pk).delete()
    erasing.erase(member, by=system(made.pk), at=f.NOW)
    assert taking(made) is None
