"""T60: every combination of the four facts gives exactly the documented access, in the query as in the rule."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from comptoir.members import access, queries
from comptoir.members.states import Room, Step
from tests import factories as f

ON = date(2026, 11, 23)
DOCS = Path(__file__).parents[2] / "docs" / "members-access.md"
COMBINATIONS = list(product((False, True), repeat=4))


@pytest.mark.parametrize(("checked", "complete", "validated", "paid"), COMBINATIONS)
def test_the_query_reads_the_four_facts(organisation, checked, complete, validated, paid):
    member = f.make_member(
        organisation, checked=checked, complete=complete, state="validated" if validated else "pending",
        dues=[2026] if paid else [2025],
    )  # fmt: skip
    found = queries.own(member.user_id, organisation_id=organisation.pk, on=ON)
    assert found.standing == access.Standing(checked, complete, validated, paid)
    done = (checked, complete, validated, paid)
    assert found.standing.missing == [step for step, is_done in zip(Step, done, strict=True) if not is_done]
    assert found.standing.opens(Room.CARD) is all(done)
    assert found.standing.opens(Room.MAILS) is checked
    assert found.standing.opens(Room.HOME)
    assert found.standing.opens(Room.DETAILS)


def test_one_statement_says_what_an_account_opens(organisation, django_assert_num_queries):
    member = f.make_member(organisation, dues=[2026])
    with django_assert_num_queries(1):
        assert queries.own(member.user_id, organisation_id=organisation.pk, on=ON).standing.has_full_access


def test_the_documentation_says_what_the_code_does():
    assert access_table() in DOCS.read_text()


@pytest.mark.parametrize("name", ["last_name", "first_name", "born_on", "phone", "address", "postcode", "city"])
def test_each_missing_detail_makes_the_account_incomplete(organisation, name):
    member = f.make_member(organisation, dues=[2026])
    setattr(member, name, None if name == "born_on" else "")
    member.save()
    assert queries.own(member.user_id, organisation_id=organisation.pk, on=ON).standing.missing == [Step.DETAILS]


def test_another_address_has_to_be_proved_again(organisation):
    member = f.make_member(organisation, dues=[2026])
    member.user.email = "autre@exemple.fr"
    member.user.save()
    assert queries.own(member.user_id, organisation_id=organisation.pk, on=ON).standing.missing == [Step.EMAIL]


def test_dues_open_their_own_year_only(organisation):
    member = f.make_member(organisation, dues=[2026])
    standings = [
        queries.own(member.user_id, organisation_id=organisation.pk, on=day).standing.has_full_access
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert standings == [False, True, True, False]


def test_a_refused_or_closed_account_and_another_organisation(organisation):
    refused = f.make_member(organisation, state="refused", dues=[2026])
    assert queries.own(refused.user_id, organisation_id=organisation.pk, on=ON).standing.missing == [Step.VALIDATION]
    elsewhere = f.make_organisation()
    assert queries.own(refused.user_id, organisation_id=elsewhere.pk, on=ON) is None
    refused.user.is_active = False
    refused.user.save()
    assert queries.own(refused.user_id, organisation_id=organisation.pk, on=ON) is None


def access_table():
    """The table of the documentation, from the code."""
    head = [str(step.label) for step in Step] + [str(room.label) for room in Room]
    rows = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for standing, rooms in access.matrix():
        missing = standing.missing
        marks = ["non" if step in missing else "oui" for step in Step] + ["ouvert" if r in rooms else "–" for r in Room]
        rows.append(f"| {' | '.join(marks)} |")
    return "\n".join(rows)
