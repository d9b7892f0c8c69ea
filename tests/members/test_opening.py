"""A member's account begins: by an administrator, or by sign-up and a link that works once."""

from datetime import timedelta

import pytest

from comptoir.accounts.commands import LoginTaken
from comptoir.accounts.models import User
from comptoir.base.errors import Forbidden, Invalid, Several
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.members import queries
from comptoir.members.commands import opening, rules
from comptoir.members.models import Member
from tests import factories as f
from tests.members.conftest import JEAN

JOIN = {**JEAN, "email": "Jean.Dupont@Exemple.fr"}


def test_an_administrator_creates_a_member_without_address(by):
    member = Member.objects.get(pk=opening.create_member(**JEAN, by=by, at=f.NOW))
    assert (member.number, member.state, member.search_key) == ("A000001", "pending", "dupont jean")
    assert (member.user.login, member.user.username, member.user.email) == ("DUPONT.jean", "dupont.jean", "")
    assert not member.user.has_usable_password()
    assert Message.objects.count() == 0
    assert list(Entry.objects.values_list("what", "about")) == [("member.created", "A000001")]


def test_with_an_address_a_link_proves_it_once(by, organisation, key_sent):
    member_id = opening.create_member(**JEAN, email="jean@exemple.fr", by=by, at=f.NOW)
    key = key_sent()
    assert opening.is_live(key=key, organisation_id=organisation.pk, at=f.NOW)
    user = opening.confirm_address(key=key, organisation_id=organisation.pk, at=f.NOW)
    assert user.email == "jean@exemple.fr"
    assert Member.objects.get(pk=member_id).checked_email == "jean@exemple.fr"
    assert not opening.is_live(key=key, organisation_id=organisation.pk, at=f.NOW)
    with pytest.raises(opening.LinkDead):
        opening.confirm_address(key=key, organisation_id=organisation.pk, at=f.NOW)


def test_a_link_dies_with_the_day_the_organisation_and_the_address(by, organisation, key_sent):
    member_id = opening.create_member(**JEAN, email="jean@exemple.fr", by=by, at=f.NOW)
    key, elsewhere = key_sent(), f.make_organisation()
    for organisation_id, at in ((organisation.pk, f.NOW + timedelta(hours=24)), (elsewhere.pk, f.NOW)):
        with pytest.raises(opening.LinkDead):
            opening.confirm_address(key=key, organisation_id=organisation_id, at=at)
    User.objects.filter(memberships=member_id).update(email="autre@exemple.fr")
    with pytest.raises(opening.LinkDead):
        opening.confirm_address(key=key, organisation_id=organisation.pk, at=f.NOW)
    for text in ("", "x" * 120, "é", key[:-4] + "AAAA"):
        assert not opening.is_live(key=text, organisation_id=organisation.pk, at=f.NOW)


def test_asking_to_join_writes_nothing_but_a_mail(organisation, key_sent):
    opening.ask_to_join(**JOIN, organisation_id=organisation.pk, at=f.NOW)
    assert (Member.objects.count(), User.objects.count(), Message.objects.count()) == (0, 0, 1)
    message = Message.objects.get()
    assert (message.kind, message.to) == ("member-sign-up", ["jean.dupont@exemple.fr"])
    assert key_sent() not in f"{message.text}{message.html}"


def test_the_link_of_a_sign_up_opens_the_account_once(organisation, key_sent):
    opening.ask_to_join(**JOIN, organisation_id=organisation.pk, at=f.NOW)
    key = key_sent()
    user = opening.confirm_address(key=key, organisation_id=organisation.pk, at=f.NOW)
    member = Member.objects.get()
    assert (user.login, member.checked_email, member.state) == ("DUPONT.jean", "jean.dupont@exemple.fr", "pending")
    with pytest.raises(opening.LinkDead):
        opening.confirm_address(key=key, organisation_id=organisation.pk, at=f.NOW)
    assert User.objects.count() == 1


def test_a_known_address_is_written_to_and_nothing_else_differs(organisation):
    member = f.make_member(organisation)
    answer = opening.ask_to_join(**JEAN, email=member.user.email.upper(), organisation_id=organisation.pk, at=f.NOW)
    assert answer is opening.ask_to_join(**JOIN, organisation_id=organisation.pk, at=f.NOW)
    assert set(Message.objects.values_list("kind", flat=True)) == {"member-known", "member-sign-up"}


def test_nobody_floods_a_mailbox(organisation):
    for minute in range(20):
        opening.ask_to_join(**JOIN, organisation_id=organisation.pk, at=f.NOW + timedelta(minutes=minute))
    assert Message.objects.count() == 2


def test_an_account_of_elsewhere_joins_with_its_own_login_and_password(organisation, key_sent):
    user = f.make_staff(f.make_organisation()).user
    before = (user.login, user.password, user.first_name)
    opening.ask_to_join(**JEAN, email=user.email, organisation_id=organisation.pk, at=f.NOW)
    assert opening.confirm_address(key=key_sent(), organisation_id=organisation.pk, at=f.NOW) == user
    user.refresh_from_db()
    assert (user.login, user.password, user.first_name) == before


def test_every_fault_is_named_at_once(organisation, by):
    with pytest.raises(Several) as caught:
        opening.ask_to_join(last_name="", first_name="J3an", email="jean", organisation_id=organisation.pk, at=f.NOW)
    assert [one.field for one in caught.value.refusals] == ["last_name", "first_name", "email"]
    with pytest.raises(Several):
        opening.create_member(last_name="", first_name="", by=by, at=f.NOW)
    assert (Member.objects.count(), Message.objects.count()) == (0, 0)


def test_names_alike_get_logins_apart(by):
    for first in ("Jean", "JEAN", "jéan"):
        opening.create_member(last_name="Dupont", first_name=first, by=by, at=f.NOW)
    assert list(User.objects.filter(memberships__isnull=False).order_by("pk").values_list("login", flat=True)) == [
        "DUPONT.jean", "DUPONT.jean2", "DUPONT.jean3",
    ]  # fmt: skip


def test_a_login_asked_for_may_be_taken_and_an_address_a_member_already(by):
    opening.create_member(**JEAN, email="jean@exemple.fr", login="jean", by=by, at=f.NOW)
    with pytest.raises(LoginTaken):
        opening.create_member(**JEAN, login="JEAN", by=by, at=f.NOW)
    with pytest.raises(opening.AlreadyMember):
        opening.create_member(**JEAN, email="JEAN@exemple.fr", by=by, at=f.NOW)


@pytest.mark.parametrize("role", ["assistant", "sales_rep", "manager"])
def test_administrators_only(organisation, role):
    with pytest.raises(Forbidden):
        opening.create_member(**JEAN, by=f.actor_of(f.make_staff(organisation, role)), at=f.NOW)


@pytest.mark.django_db
def test_an_organisation_that_takes_nobody_answers_as_if_there_were_no_page():
    closed = f.make_organisation()
    with pytest.raises(opening.SignUpClosed) as caught:
        opening.ask_to_join(**JOIN, organisation_id=closed.pk, at=f.NOW)
    assert caught.value.kind == "missing"


def test_administrators_decide_how_members_are_taken(organisation, by):
    rules.set_rules(is_open=False, dues_cents=4_000, by=by, at=f.NOW)
    kept = queries.rules(organisation.pk)
    assert (kept.is_open, kept.dues_cents) == (False, 4_000)
    with pytest.raises(Invalid):
        rules.set_rules(is_open=True, dues_cents=-1, by=by, at=f.NOW)
    with pytest.raises(Forbidden):
        rules.set_rules(is_open=True, dues_cents=None, by=f.actor_of(f.make_staff(organisation, "assistant")), at=f.NOW)
