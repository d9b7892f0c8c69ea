"""E8: complete accounts are validated, one or many; a batch says whom it skipped and why; a refusal says why."""

from itertools import product

import pytest

from comptoir.accounts.models import User
from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.mail.models import Message
from comptoir.members import queries
from comptoir.members.access import with_standing
from comptoir.members.commands import validation
from comptoir.members.models import Member
from tests import factories as f

ON = f.NOW.date()


def test_a_batch_says_whom_it_skipped_and_why(organisation, by):
    good = f.make_member(organisation, state="pending")
    unproved = f.make_member(organisation, state="pending", checked=False, last_name="Martin")
    partial = f.make_member(organisation, state="pending", complete=False, last_name="Bernard")
    done = f.make_member(organisation, last_name="Petit")
    stranger = f.make_member(f.make_organisation(), state="pending")
    ids = [one.pk for one in (good, unproved, partial, done, stranger, good)]
    outcome = validation.validate_members(member_ids=ids, by=by, at=f.NOW)
    assert outcome.done == [good.pk]
    assert [(one.name, one.refusal.code) for one in outcome.skipped] == [
        ("Martin Jean", "not-complete"), ("Bernard Jean", "not-complete"), ("Petit Jean", "already-decided"),
        ("missing", "missing"),
    ]  # fmt: skip
    good.refresh_from_db()
    assert (good.state, good.decided_by_id) == ("validated", by.user_id)
    assert list(Message.objects.values_list("kind", "to")) == [("member-validated", [good.user.email])]
    assert Member.objects.filter(state="validated").count() == 2


def test_a_refusal_needs_a_reason_which_is_mailed(organisation, by):
    member = f.make_member(organisation)
    for reason in (" ", "x" * 501):
        with pytest.raises(Invalid):
            validation.refuse_member(member_id=member.pk, reason=reason, by=by, at=f.NOW)
    validation.refuse_member(member_id=member.pk, reason="Justificatif illisible.", by=by, at=f.NOW)
    member.refresh_from_db()
    assert (member.state, member.refusal_reason) == ("refused", "Justificatif illisible.")
    message = Message.objects.get()
    assert message.kind == "member-refused"
    assert "Justificatif illisible." in message.text
    with pytest.raises(validation.AlreadyDecided):
        validation.refuse_member(member_id=member.pk, reason="Encore.", by=by, at=f.NOW)


def test_the_list_holds_complete_accounts_with_their_dues(organisation, by):
    f.make_member(organisation, checked=False, last_name="Absente")
    f.make_member(organisation, complete=False, last_name="Absent")
    f.make_member(f.make_organisation(), last_name="Ailleurs")
    f.make_member(organisation, last_name="Alain", dues=[2025, 2026])
    f.make_member(organisation, last_name="Zoé", state="pending", dues=[2025])
    rows = list(queries.complete(seen_by=by, on=ON))
    assert [(one.last_name, one.dues_cents, one.dues_paid) for one in rows] == [
        ("Zoé", None, False), ("Alain", 3_500, True),
    ]  # fmt: skip
    assert queries.waiting_count(seen_by=by) == 1
    assert [one.last_name for one in queries.complete(seen_by=by, on=ON, state="pending")] == ["Zoé"]


def test_the_list_is_kept_by_the_database_whatever_writes_the_rows(organisation, by):
    def listed():
        names = [one.last_name for one in queries.complete(seen_by=by, on=ON)]
        assert queries.complete_count(seen_by=by) == len(names)
        return names

    member = f.make_member(organisation, last_name="Alain", first_name="Zoé")
    f.make_member(organisation, last_name="Basile", state="pending")
    assert listed() == ["Basile", "Alain"]
    User.objects.filter(pk=member.user_id).update(email="autre@exemple.fr")  # to be proved again
    assert listed() == ["Basile"]
    Member.objects.filter(pk=member.pk).update(checked_email="autre@exemple.fr", search_key="aaa", state="pending")
    assert listed() == ["Alain", "Basile"]
    Member.objects.filter(pk=member.pk).update(phone="")
    assert listed() == ["Basile"]
    member = Member.objects.get(pk=member.pk)
    member.phone, member.validation_key = "0612345678", "2écrit par erreur"
    member.save()
    assert listed() == ["Alain", "Basile"]
    member.delete()
    assert (listed(), queries.complete_count(seen_by=by, state="validated")) == (["Basile"], 0)


def test_the_key_of_the_list_says_what_the_facts_say(organisation):
    for state in ("pending", "validated", "refused"):
        for checked, complete in product((True, False), repeat=2):
            f.make_member(organisation, state=state, checked=checked, complete=complete)
    rows = list(with_standing(Member.objects.all(), on=ON))
    assert len(rows) == 12
    for row in rows:
        is_there = row.email_checked and row.details_complete
        assert row.validation_key == (f"{2 if row.is_validated else 1}{row.search_key}" if is_there else "")


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_is_one_statement(organisation, by, count, django_assert_num_queries):
    for _number in range(count):
        f.make_member(organisation, dues=[2026])
    with django_assert_num_queries(1):
        assert len([str(one.user) for one in queries.complete(seen_by=by, on=ON)]) == count


def test_administrators_of_the_organisation_only(organisation, by):
    member = f.make_member(organisation, state="pending")
    for role in ("assistant", "sales_rep", "manager"):
        other = f.actor_of(f.make_staff(organisation, role))
        with pytest.raises(Forbidden):
            validation.validate_members(member_ids=[member.pk], by=other, at=f.NOW)
        assert not queries.complete(seen_by=other, on=ON).exists()
        assert queries.found("", seen_by=other, on=ON) == ([], False)
        with pytest.raises(Missing):
            queries.member(member.pk, seen_by=other, on=ON)
    stranger = f.actor_of(f.make_staff(f.make_organisation()))
    with pytest.raises(Missing):
        validation.validate_member(member_id=member.pk, by=stranger, at=f.NOW)
