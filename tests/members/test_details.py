"""E4: the details are exacting, every fault is named, nothing is half saved."""

import pytest

from comptoir.base.errors import Invalid, Missing, Several
from comptoir.members import fields
from comptoir.members.commands import details
from comptoir.members.commands.rows import acting
from comptoir.members.models import Member
from tests import factories as f
from tests.members.conftest import DETAILS

WRONG = {
    "last_name": "Dup0nt", "first_name": "", "born_on": "31/02/1994", "phone": "12", "address": "…", "postcode": "8300",
    "city": "83 Toulon",
}  # fmt: skip


def test_the_member_completes_all_of_them(organisation):
    member = f.make_member(organisation, complete=False, state="pending")
    assert details.complete_own_details(values=DETAILS, by=acting(member), at=f.NOW)
    member.refresh_from_db()
    assert {name: str(getattr(member, name)) for name in DETAILS} == DETAILS
    assert not details.complete_own_details(values=DETAILS, by=acting(member), at=f.NOW)


def test_every_field_at_fault_is_named_and_nothing_is_saved(organisation):
    member = f.make_member(organisation)
    before = Member.objects.filter(pk=member.pk).values().get()
    with pytest.raises(Several) as caught:
        details.complete_own_details(values=WRONG, by=acting(member), at=f.NOW)
    assert [one.field for one in caught.value.refusals] == list(fields.DETAILS)
    assert all(one.sentence for one in caught.value.refusals)
    assert Member.objects.filter(pk=member.pk).values().get() == before


@pytest.mark.parametrize("name", fields.DETAILS)
def test_one_fault_alone_saves_nothing_either(organisation, name):
    member = f.make_member(organisation, last_name="Martin")
    with pytest.raises(Invalid) as caught:
        details.complete_own_details(values={**DETAILS, name: WRONG[name]}, by=acting(member), at=f.NOW)
    assert caught.value.field == name
    member.refresh_from_db()
    assert member.last_name == "Martin"


@pytest.mark.parametrize(
    ("name", "text", "is_good"),
    [
        ("last_name", "d’Aubigné-Le Goff", True), ("last_name", "O'Neil", True), ("last_name", "Éloïse", True),
        ("last_name", "<b>", False), ("last_name", "-", False), ("last_name", "D" * 81, False),
        ("first_name", "Jean-Marc", True), ("first_name", "J. P.", True), ("first_name", "jean@x", False),
        ("born_on", "07/03/1994", True), ("born_on", "2026-11-23", False), ("born_on", "1890-01-01", False),
        ("born_on", "demain", False), ("phone", "+33612345678", True), ("phone", "pas de téléphone", False),
        ("postcode", "83 000", True), ("postcode", "2A004", False), ("city", "Saint-Nazaire", True),
        ("city", "-", False), ("address", "a" * 251, False),
    ],
)  # fmt: skip
def test_each_rule(organisation, name, text, is_good):
    values = fields.cleaned({**DETAILS, name: text})
    found = fields.problems(values, needed=fields.DETAILS, on=f.NOW.date())
    assert [one.field for one in found] == ([] if is_good else [name])


def test_an_administrator_may_leave_what_is_not_known_yet(organisation, by):
    member = f.make_member(organisation, complete=False)
    values = {"last_name": "Duponţ", "first_name": "Jean", "city": "Toulon"}
    assert details.change_details(member_id=member.pk, values=values, by=by, at=f.NOW)
    member.refresh_from_db()
    assert (member.search_key, member.city, member.born_on) == ("dupont jean", "Toulon", None)


def test_a_refused_account_is_looked_at_again(organisation):
    member = f.make_member(organisation, state="refused")
    details.complete_own_details(values=DETAILS, by=acting(member), at=f.NOW)
    member.refresh_from_db()
    assert (member.state, member.refusal_reason) == ("pending", "")


def test_a_stranger_changes_nobody(organisation, by):
    other = f.make_member(f.make_organisation())
    with pytest.raises(Missing):
        details.change_details(member_id=other.pk, values=DETAILS, by=by, at=f.NOW)
    with pytest.raises(Missing):
        details.complete_own_details(values=DETAILS, by=by, at=f.NOW)
