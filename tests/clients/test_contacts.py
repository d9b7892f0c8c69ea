"""The people at a client: exactly one main contact, whatever happens; access opened and closed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.accounts.models import User
from comptoir.base.errors import Forbidden, Invalid, Missing, Several
from comptoir.clients import queries
from comptoir.clients.commands import contacts
from comptoir.clients.commands.contacts import AccessTaken
from comptoir.clients.models import Contact
from comptoir.journal.models import Entry
from tests.factories import NOW, actor_of, make_client, make_contact, make_staff, make_user


def names(client, by):
    return [(str(one), one.is_main) for one in queries.contacts(client.pk, seen_by=by)]


def add(client, by, first_name, **details):
    return contacts.add_contact(client_id=client.pk, first_name=first_name, by=by, at=NOW, **details)


def test_the_first_is_the_main_one_and_another_can_take_its_place(here):
    client = make_client(here.organisation)
    add(client, here.by, "Ana")
    bob = add(client, here.by, "Bob")
    assert names(client, here.by) == [("Ana", True), ("Bob", False)]
    contacts.set_main_contact(contact_id=bob, by=here.by, at=NOW)
    assert names(client, here.by) == [("Bob", True), ("Ana", False)]
    add(client, here.by, "Cléo", is_main=True)
    assert names(client, here.by) == [("Cléo", True), ("Ana", False), ("Bob", False)]


def test_when_the_main_one_goes_the_oldest_left_takes_its_place(here):
    client = make_client(here.organisation)
    ana, bob = add(client, here.by, "Ana"), add(client, here.by, "Bob")
    contacts.remove_contact(contact_id=ana, by=here.by, at=NOW)
    assert names(client, here.by) == [("Bob", True)]
    contacts.remove_contact(contact_id=bob, by=here.by, at=NOW)
    assert names(client, here.by) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["add", "main", "remove"]), st.integers(0, 5)), max_size=12))
def test_there_is_exactly_one_main_contact_while_there_is_one(here, acts):
    client = make_client(here.organisation)
    for act, which in acts:
        ids = list(client.contacts.order_by("id").values_list("id", flat=True))
        if act == "add":
            add(client, here.by, f"N{which}", is_main=which % 2 == 0)
        elif ids and act == "main":
            contacts.set_main_contact(contact_id=ids[which % len(ids)], by=here.by, at=NOW)
        elif ids:
            contacts.remove_contact(contact_id=ids[which % len(ids)], by=here.by, at=NOW)
        assert client.contacts.filter(is_main=True).count() == min(1, client.contacts.count())


def test_a_contact_is_checked_and_changed_by_name(here):
    client = make_client(here.organisation)
    with pytest.raises(Several) as refused:
        contacts.add_contact(client_id=client.pk, phone="12", by=here.by, at=NOW)
    assert [one.field for one in refused.value.refusals] == ["last_name", "phone"]
    ana = add(client, here.by, "Ana", email="ana@exemple.fr")
    assert contacts.change_contact(contact_id=ana, last_name="Blum", first_name="Ana", by=here.by, at=NOW) == [
        "last_name"
    ]
    assert contacts.change_contact(contact_id=ana, last_name="Blum", by=here.by, at=NOW) == []
    contact = Contact.objects.get()
    assert (contact.email_key, contact.search_key) == ("ana@exemple.fr", "ana blum ana exemple fr")
    assert list(Entry.objects.order_by("id").values_list("what", "about")) == [
        ("client.contact-added", client.number), ("client.contact-changed", client.number),
    ]  # fmt: skip


def test_another_organisations_contact_does_not_exist(here, elsewhere):
    contact = make_contact(make_client(here.organisation), "ana@exemple.fr")
    about = {"contact_id": contact.pk, "by": elsewhere.by, "at": NOW}
    for command in (contacts.change_contact, contacts.remove_contact, contacts.set_main_contact, contacts.give_access,
                    contacts.withdraw_access):  # fmt: skip
        with pytest.raises(Missing):
            command(**about)
    with pytest.raises(Missing):
        add(contact.client, elsewhere.by, "Ana")
    with pytest.raises(Missing):
        queries.contact(contact.pk, seen_by=elsewhere.by)
    assert list(queries.contacts(contact.client_id, seen_by=elsewhere.by)) == []


def test_a_manager_of_sessions_changes_nobody(here):
    manager = actor_of(make_staff(here.organisation, "manager"))
    contact = make_contact(make_client(here.organisation), "ana@exemple.fr")
    with pytest.raises(Forbidden):
        contacts.remove_contact(contact_id=contact.pk, by=manager, at=NOW)


def test_access_opens_an_account_without_a_password_once(here):
    contact = make_contact(make_client(here.organisation), "Ana@exemple.fr", first_name="Ana")
    user_id = contacts.give_access(contact_id=contact.pk, by=here.by, at=NOW)
    assert contacts.give_access(contact_id=contact.pk, by=here.by, at=NOW) == user_id
    user = User.objects.get(pk=user_id)
    assert (user.email, user.first_name, user.has_usable_password()) == ("ana@exemple.fr", "Ana", False)
    assert Entry.objects.filter(what="client.access-given").count() == 1
    contacts.withdraw_access(contact_id=contact.pk, by=here.by, at=NOW)
    contacts.withdraw_access(contact_id=contact.pk, by=here.by, at=NOW)
    contact.refresh_from_db()
    assert contact.user_id is None
    assert User.objects.filter(pk=user_id).exists()


def test_access_goes_to_the_account_that_has_the_address(here, elsewhere):
    user = make_user("ana", email="ana@exemple.fr")
    for where in (here, elsewhere):
        contact = make_contact(make_client(where.organisation), "ANA@exemple.fr")
        assert contacts.give_access(contact_id=contact.pk, by=where.by, at=NOW) == user.pk


def test_access_needs_an_address_of_ones_own(here):
    client = make_client(here.organisation, email="bureau@exemple.fr")
    with pytest.raises(Invalid, match="ajoutez-la"):
        contacts.give_access(contact_id=make_contact(client, first_name="Ana").pk, by=here.by, at=NOW)
    first, second = make_contact(client, "ana@exemple.fr"), make_contact(client, "ana@exemple.fr")
    contacts.give_access(contact_id=first.pk, by=here.by, at=NOW)
    with pytest.raises(AccessTaken):
        contacts.give_access(contact_id=second.pk, by=here.by, at=NOW)
