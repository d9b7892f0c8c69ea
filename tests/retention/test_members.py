"""Erasing a member: nothing of the person is left, accounts and journal stay."""

import json

import pytest
from django.apps import apps
from django.core import serializers

from comptoir.base.errors import Missing
from comptoir.mail.models import Message
from comptoir.members.commands import dues, opening, validation
from comptoir.members.models import Member
from comptoir.retention.commands import members
from tests import factories as f

pytestmark = pytest.mark.django_db
PERSON = {"last_name": "Kervadec", "first_name": "Maïwenn", "email": "maiwenn.kervadec@exemple.fr"}


def everything():
    """Every row of the product, as text."""
    own = [model for model in apps.get_models() if model.__module__.startswith("comptoir.")]
    return "\n".join(json.dumps(serializers.serialize("python", model.objects.all()), default=str) for model in own)


@pytest.fixture
def by():
    return f.actor_of(f.make_staff(f.make_organisation()))


def test_nothing_of_the_person_is_left(by):
    member_id = opening.create_member(**PERSON, by=by, at=f.NOW)
    dues.record_dues(
        member_id=member_id, year=2026, paid_on=f.NOW.date(), amount_cents=3_500, means="card", by=by, at=f.NOW
    )
    validation.refuse_member(member_id=member_id, reason="Carte de Maïwenn illisible.", by=by, at=f.NOW)
    members.erase_member(member_id=member_id, by=by, at=f.NOW)
    left = everything().casefold()
    assert [word for word in ("kervadec", "ma\\u00efwenn", "maiwenn") if word in left] == []
    member = Member.objects.get(pk=member_id)
    assert (member.number, member.dues.get().amount_cents, member.user.is_active) == ("A000001", 3_500, False)
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(Missing):
        members.erase_member(member_id=member_id, by=by, at=f.NOW)


def test_an_account_that_serves_elsewhere_stays(by):
    staff = f.make_staff(f.make_organisation())
    kept = [staff.user, f.make_user(is_operator=True), f.make_member(f.make_organisation()).user]
    client = f.make_client(f.make_organisation())
    kept.append(f.make_contact(client, "kv@exemple.fr", user=f.make_user()).user)
    for user in kept:
        member = Member.objects.create(
            organisation_id=by.organisation_id, user=user, number=f"A{user.pk}", created_at=f.NOW
        )
        members.erase_member(member_id=member.pk, by=by, at=f.NOW)
        login = user.login
        user.refresh_from_db()
        assert (user.is_active, user.login) == (True, login)
