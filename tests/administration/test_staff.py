"""The team: added, changed, closed; never the last administrator; nobody let in by mistake."""

import threading

import pytest
from django.db import connection

from comptoir.accounts.commands import EmailTaken, LoginTaken
from comptoir.accounts.models import User
from comptoir.administration.commands import staff as commands
from comptoir.base.errors import Forbidden, Invalid, Missing, attempt
from comptoir.base.speaking import speaking
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations import queries
from comptoir.organisations.actors import operator
from comptoir.organisations.models import Staff, Territory
from tests.factories import NOW, actor_of, make_client, make_contact, make_organisation, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_staff(make_organisation("loire"))


@pytest.fixture
def by(admin):
    return actor_of(admin)


def add(by, **fields):
    return commands.add_staff(**{"login": "dupont.jean", "role": "manager", "by": by, "at": NOW, **fields})


def test_a_new_person_has_an_account_a_place_and_a_link_on_the_way(by):
    place = Staff.objects.get(pk=add(by, email="Jean@Exemple.FR", first_name="Jean", last_name="Dupont", phone="02"))
    assert (place.user.username, place.user.email, place.role) == ("dupont.jean", "jean@exemple.fr", "manager")
    assert not place.user.has_usable_password()
    message = Message.objects.get()
    assert (message.kind, message.to) == ("password-link", ["jean@exemple.fr"])
    assert message.secret
    assert "/compte/lien/" not in message.text + message.html
    entry = Entry.objects.get(what="staff.added")
    assert (entry.about, entry.detail) == (f"staff {place.pk}", {"role": "manager", "territory": None})


def test_without_an_address_there_is_no_link(by):
    place = Staff.objects.get(pk=add(by))
    assert place.user.email == ""
    assert not Message.objects.exists()
    with pytest.raises(commands.NoAddress):
        commands.send_password_link(staff_id=place.pk, by=by, at=NOW)


def test_a_missing_address_is_added_then_a_link_sent(by):
    """E3."""
    staff_id = add(by)
    commands.set_staff_email(staff_id=staff_id, email="jean@exemple.fr", by=by, at=NOW)
    commands.send_password_link(staff_id=staff_id, by=by, at=NOW)
    assert Message.objects.get().to == ["jean@exemple.fr"]


def test_a_corrected_address_is_told_at_the_former_one(by):
    staff_id = add(by, email="ancienne@exemple.fr")
    commands.set_staff_email(staff_id=staff_id, email="nouvelle@exemple.fr", by=by, at=NOW)
    assert Message.objects.get(kind="account-notice").to == ["ancienne@exemple.fr"]


def test_an_account_is_found_by_its_address_only(by):
    elsewhere = make_staff(make_organisation("rhone"), user=make_user("dupont.jean", password="x" * 12))
    with pytest.raises(LoginTaken):
        add(by, login="DUPONT.Jean")
    with pytest.raises(LoginTaken):
        add(by, login="dupont.jean", email="un.autre@exemple.fr")
    place = Staff.objects.get(pk=add(by, login="dupont.jean", email=elsewhere.user.email.upper()))
    assert place.user == elsewhere.user
    assert not Message.objects.exists()  # the account has a password: nothing to choose


def test_twice_is_refused(by):
    add(by, email="jean@exemple.fr")
    with pytest.raises(commands.AlreadyStaff):
        add(by, email="jean@exemple.fr")


def test_refusals_name_their_field(by):
    make_user("prise", email="prise@exemple.fr")
    for fields, field in (
        ({"login": "  "}, "login"),
        ({"login": "x" * 151}, "login"),
        ({"login": "a@b.fr", "email": "autre@b.fr"}, "login"),
        ({"email": "pas une adresse"}, "email"),
        ({"role": "roi"}, "role"),
        ({"territory_id": 999}, "territory"),
    ):
        with pytest.raises(Invalid) as refused:
            add(by, **fields)
        assert refused.value.field == field
    assert Staff.objects.count() == 1


def test_the_neighbours_territory_does_not_exist(by):
    other = Territory.objects.create(organisation=make_organisation("rhone"), name="Est")
    with pytest.raises(Invalid):
        add(by, territory_id=other.pk)


def test_the_neighbours_staff_does_not_exist(by):
    other = make_staff(make_organisation("rhone"))
    acts = (
        lambda: commands.change_staff(staff_id=other.pk, role="manager", by=by, at=NOW),
        lambda: commands.deactivate_staff(staff_id=other.pk, by=by, at=NOW),
        lambda: commands.send_password_link(staff_id=other.pk, by=by, at=NOW),
        lambda: commands.set_staff_email(staff_id=other.pk, email="a@b.fr", by=by, at=NOW),
    )
    for act in acts:
        with pytest.raises(Missing):
            act()
    other.refresh_from_db()
    assert (other.role, other.is_active) == ("administrator", True)


def test_an_address_used_elsewhere_is_its_owners_to_change(by):
    """Otherwise an administrator would send the link of somebody else's account to himself."""
    shared = make_user(email="")
    make_staff(make_organisation("rhone"), user=shared)
    operates = make_user(is_operator=True)
    buys = make_user()
    make_contact(make_client(make_organisation("isere")), user=buys)
    for user in (shared, operates, buys):
        place = make_staff(queries.organisation(by.organisation_id), "manager", user=user)
        with pytest.raises(commands.NotYours):
            commands.set_staff_email(staff_id=place.pk, email="voleur@exemple.fr", by=by, at=NOW)


def test_an_address_has_one_account(by):
    make_user("autre", email="prise@exemple.fr")
    staff_id = add(by)
    with pytest.raises(EmailTaken):
        commands.set_staff_email(staff_id=staff_id, email="PRISE@exemple.fr", by=by, at=NOW)


def test_never_the_last_administrator(admin, by):
    with pytest.raises(commands.LastAdministrator):
        commands.deactivate_staff(staff_id=admin.pk, by=by, at=NOW)
    with pytest.raises(commands.LastAdministrator):
        commands.change_staff(staff_id=admin.pk, role="manager", by=by, at=NOW)
    closed = make_staff(admin.organisation, user=make_user(is_active=False))
    assert closed.role == "administrator"
    with pytest.raises(commands.LastAdministrator):
        commands.deactivate_staff(staff_id=admin.pk, by=by, at=NOW)
    make_staff(admin.organisation)
    commands.deactivate_staff(staff_id=admin.pk, by=by, at=NOW)
    admin.refresh_from_db()
    assert not admin.is_active


def test_roles_below_administrator_change_nothing(admin):
    for role in ("sales_rep", "assistant", "manager"):
        other = actor_of(make_staff(admin.organisation, role))
        with pytest.raises(Forbidden):
            add(other)
        with pytest.raises(Forbidden):
            commands.deactivate_staff(staff_id=admin.pk, by=other, at=NOW)


def test_the_operator_names_the_first_administrator_and_no_more(admin):
    fresh = make_organisation("rhone")
    with pytest.raises(Forbidden):
        add(operator(fresh.pk), role="manager")
    add(operator(fresh.pk), role="administrator", email="a@exemple.fr")
    with pytest.raises(Forbidden):
        add(operator(fresh.pk), login="second", role="administrator")
    with pytest.raises(Forbidden):
        add(operator(admin.organisation_id), login="second", role="administrator")


def test_closed_then_open_again(by):
    staff_id = add(by)
    commands.deactivate_staff(staff_id=staff_id, by=by, at=NOW)
    user = User.objects.get(username="dupont.jean")
    assert queries.actor_of(user.pk, organisation_id=by.organisation_id) is None
    commands.reactivate_staff(staff_id=staff_id, by=by, at=NOW)
    assert queries.actor_of(user.pk, organisation_id=by.organisation_id).role == "manager"


def test_a_double_click_sends_one_link(by):
    staff_id = add(by)
    commands.set_staff_email(staff_id=staff_id, email="jean@exemple.fr", by=by, at=NOW)
    for _ in range(5):
        commands.send_password_link(staff_id=staff_id, by=by, at=NOW)
    assert Message.objects.filter(kind="password-link").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_close_each_other_at_once():
    organisation = make_organisation("loire")
    one, two = make_staff(organisation), make_staff(organisation)
    start = threading.Barrier(2)

    def close(who, whom):
        start.wait()
        attempt(commands.deactivate_staff, staff_id=whom.pk, by=actor_of(who), at=NOW)
        connection.close()

    threads = [threading.Thread(target=close, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queries.administrators(organisation.pk).count() == 1


def test_a_password_from_the_console_sends_nothing(by):
    place = Staff.objects.get(pk=add(by, email="jean@exemple.fr", password="cinq tasses de café noir"))
    assert place.user.check_password("cinq tasses de café noir")
    assert not Message.objects.exists()
    with pytest.raises(Invalid):
        add(by, login="court", password="court")
    assert not User.objects.filter(username="court").exists()


def test_whoever_reads_english_writes_to_others_in_french(by):
    staff_id = add(by, email="ancienne@exemple.fr")
    with speaking("en"):
        commands.set_staff_email(staff_id=staff_id, email="nouvelle@exemple.fr", by=by, at=NOW)
        commands.send_password_link(staff_id=staff_id, by=by, at=NOW)
    told = Message.objects.get(kind="account-notice")
    assert "vient d’être changée" in told.text
    assert {one.language for one in Message.objects.all()} == {"fr"}
