"""A merge moves all, settles what clashes, and is undone whole; the emptied record is deleted by hand."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.clients import queries as clients
from comptoir.clients.identity import Identity
from comptoir.clients.matching import matches
from comptoir.clients.models import Client, FormerNumber, Profile, RefusedMatch
from comptoir.clients.traits import restored
from comptoir.deals.models import Deal
from comptoir.journal.models import Entry
from comptoir.mail import commands as mail
from comptoir.mail.models import Message
from comptoir.merging import queries
from comptoir.merging.commands.deleting import delete_emptied
from comptoir.merging.commands.forgetting import forget_old
from comptoir.merging.models import Changed, Merge, Moved
from comptoir.merging.refusals import (
    AlreadyEmptied,
    NoLongerUndone,
    NotConfirmed,
    NotEmptied,
    SameRecord,
    StillHolding,
)
from comptoir.organisations.actors import visitor
from tests.factories import NOW, actor_of, make_client, make_contact, make_organisation, make_staff, make_user
from tests.merging.conftest import make_deal, merge, undo


def delete(client, by, typed=None):
    delete_emptied(client_id=client.pk, typed_number=typed or client.number, by=by, at=NOW)


def test_all_moves_and_all_goes_back(here):
    deal = make_deal(here.double, "DO-1")
    RefusedMatch.objects.create(
        organisation=here.organisation, client=here.double, identity_key="a", refused_at=NOW, refused_by=None
    )
    assert {one.count for one in queries.held(here.double)} == {1}
    made = merge(here.kept, here.double, by=here.by, phone=here.double.pk, city=here.kept.pk, kind=here.double.pk)
    here.kept.refresh_from_db()
    assert (here.kept.phone, here.kept.city) == ("0494000000", "Toulon")
    assert Deal.objects.get(pk=deal.pk).client_id == here.kept.pk
    assert not queries.held(here.double)
    new = make_deal(here.kept, "DO-2")
    assert undo(made, by=here.by) == 0
    here.kept.refresh_from_db()
    assert here.kept.phone == ""
    assert Deal.objects.get(pk=deal.pk).client_id == here.double.pk
    assert Deal.objects.get(pk=new.pk).client_id == here.kept.pk
    assert not FormerNumber.objects.exists()
    assert set(Entry.objects.values_list("what", flat=True)) >= {"client.merged", "client.merge-undone"}
    assert str(Merge.objects.get()) == f"→ {here.kept.number}"


def test_a_requester_is_recognised_by_what_the_record_took_and_no_longer_once_undone(here):
    def phone():
        return restored(Profile.objects.get(client=here.kept).traits).phone

    made = merge(here.kept, here.double, by=here.by, phone=here.double.pk)
    assert phone() == "0494000000"
    undo(made, by=here.by)
    assert phone() == ""


def test_what_was_deleted_or_changed_since_is_left_and_counted(here):
    deal = make_deal(here.double, "DO-1")
    made = merge(here.kept, here.double, by=here.by, phone=here.double.pk)
    deal.delete()
    Client.objects.filter(pk=here.kept.pk).update(phone="0100000000")
    assert undo(made, by=here.by) == 2
    here.kept.refresh_from_db()
    assert here.kept.phone == "0100000000"


def test_a_person_known_twice_is_one_and_two_main_contacts_are_one(here):
    user = make_user()
    kept = make_contact(here.kept, "a@exemple.fr", is_main=True)
    double = make_contact(here.double, "a@exemple.fr", phone="0600000000", user=user)
    other = make_contact(here.double, "b@exemple.fr", is_main=True)
    made = merge(here.kept, here.double, by=here.by)
    kept.refresh_from_db()
    assert (kept.phone, kept.user_id, kept.is_main) == ("0600000000", user.pk, True)
    assert list(here.double.contacts.values_list("pk", "user")) == [(double.pk, None)]
    assert undo(made, by=here.by) == 0
    for one in (kept, double, other):
        one.refresh_from_db()
    assert (kept.phone, kept.user_id, double.user_id, other.is_main) == ("", None, user.pk, True)
    assert other.client_id == here.double.pk


def test_one_account_on_both_sides_is_one_and_two_accounts_are_two(here):
    shared = make_user()
    make_contact(here.kept, "a@exemple.fr", user=shared)
    make_contact(here.kept, "c@exemple.fr", user=make_user())
    make_contact(here.double, "b@exemple.fr", user=shared)
    make_contact(here.double, "c@exemple.fr", user=make_user())
    made = merge(here.kept, here.double, by=here.by)
    assert here.kept.contacts.count() == 3
    assert here.double.contacts.get().user_id is None
    assert undo(made, by=here.by) == 0
    assert here.double.contacts.filter(user=shared).exists()


def test_what_took_the_place_meanwhile_stays(here):
    user = make_user()
    make_contact(here.kept, "k@exemple.fr", is_main=True)
    moved = make_contact(here.double, "b@exemple.fr", is_main=True, user=user)
    made = merge(here.kept, here.double, by=here.by)
    make_contact(here.double, "n@exemple.fr", is_main=True, user=user)
    assert undo(made, by=here.by) >= 1
    moved.refresh_from_db()
    assert moved.client_id == here.kept.pk
    assert here.double.contacts.get().is_main


def test_a_contact_that_was_main_gives_way_to_a_newer_main_one(here):
    moved = make_contact(here.double, "b@exemple.fr", is_main=True)
    make_contact(here.kept, "k@exemple.fr", is_main=True)
    made = merge(here.kept, here.double, by=here.by)
    newer = make_contact(here.double, "n@exemple.fr", is_main=True)
    assert undo(made, by=here.by) == 1
    assert list(here.double.contacts.filter(is_main=True)) == [newer]
    assert here.double.contacts.filter(pk=moved.pk).exists()


def test_undone_out_of_order_the_values_are_those_of_before(here):
    third = make_client(here.organisation, "Ville de Toulon", phone="0300000000")
    first = merge(here.kept, here.double, by=here.by, phone=here.double.pk)
    second = merge(here.kept, third, by=here.by, phone=third.pk)
    assert [undo(one, by=here.by) for one in (first, second)] == [0, 0]
    here.kept.refresh_from_db()
    assert here.kept.phone == ""


def test_its_number_leads_to_the_kept_record_along_the_chain(here):
    last = make_client(here.organisation, "Toulon")
    made = merge(here.kept, here.double, by=here.by)
    merge(last, here.kept, by=here.by)
    assert clients.id_of_number(here.double.number, seen_by=here.by) == last.pk
    assert last in clients.clients(seen_by=here.by, text=here.double.number)
    typed = Identity("Commune de Toulon", client_number=here.double.number)
    assert matches([typed], organisation_id=here.organisation.pk)[0].client_id == last.pk
    with pytest.raises(NoLongerUndone, match="annulez d"):
        undo(made, by=here.by)


def test_what_came_since_on_the_emptied_record_goes_with_a_second_merge(here):
    first = merge(here.kept, here.double, by=here.by)
    make_deal(here.double, "DO-9")
    second = merge(here.kept, here.double, by=here.by)
    assert undo(second, by=here.by) == 0
    assert FormerNumber.objects.get().client_id == here.kept.pk
    assert undo(first, by=here.by) == 0


def test_refused(here):
    other = actor_of(make_staff(make_organisation()))
    third = make_client(here.organisation, "Toulon")
    for refusal, act in (
        (SameRecord, lambda: merge(here.kept, here.kept, by=here.by)),
        (Invalid, lambda: merge(here.kept, by=here.by)),
        (Invalid, lambda: merge(here.kept, here.double, by=here.by, number=here.double.pk)),
        (Invalid, lambda: merge(here.kept, here.double, by=here.by, phone=third.pk)),
        (Missing, lambda: merge(here.kept, here.double, by=other)),
        (Forbidden, lambda: merge(here.kept, here.double, by=visitor(here.organisation.pk))),
        (Missing, lambda: merge(here.kept, make_client(make_organisation()), by=here.by)),
        (Missing, lambda: undo(0, by=here.by)),
        (NotEmptied, lambda: delete(here.double, here.by)),
    ):
        with pytest.raises(refusal):
            act()
    assert not Merge.objects.exists()
    made = merge(here.kept, here.double, by=here.by)
    for act in (lambda: merge(here.double, third, by=here.by), lambda: merge(third, here.double, by=here.by)):
        with pytest.raises(AlreadyEmptied):
            act()
    with pytest.raises(NoLongerUndone):
        undo(made, by=here.by, at=NOW + timedelta(days=30, seconds=1))
    undo(made, by=here.by)
    with pytest.raises(NoLongerUndone):
        undo(made, by=here.by)


def test_the_emptied_record_is_deleted_by_its_number_once_nothing_hangs_on_it(here):
    make_contact(here.kept, "a@exemple.fr")
    make_contact(here.double, "a@exemple.fr")
    made = merge(here.kept, here.double, by=here.by)
    deal = make_deal(here.double, "DO-3")
    with pytest.raises(StillHolding, match=r"Dossiers \(1\)"):
        delete(here.double, here.by)
    deal.delete()
    with pytest.raises(NotConfirmed):
        delete(here.double, here.by, "C999999")
    delete(here.double, here.by)
    assert not Client.objects.filter(pk=here.double.pk).exists()
    assert clients.id_of_number(here.double.number, seen_by=here.by) == here.kept.pk
    with pytest.raises(NoLongerUndone, match="supprim"):
        undo(made, by=here.by)


def test_after_thirty_days_the_notes_are_gone(here):
    make_contact(here.kept, "a@exemple.fr")
    make_contact(here.double, "a@exemple.fr", phone="0600000000")
    make_deal(here.double, "DO-4")
    merge(here.kept, here.double, by=here.by)
    assert all(str(one) for model in (Changed, Moved) for one in model.objects.all())
    assert forget_old(at=NOW + timedelta(days=29), limit=9).done == []
    assert len(forget_old(at=NOW + timedelta(days=31), limit=9).done) == 1
    assert not Changed.objects.exists()
    assert not Moved.objects.exists()
    assert [str(one) for one in Merge.objects.get().sources.all()] == [here.double.number]


def test_side_by_side_and_the_list_are_of_ones_own_organisation(here):
    merge(here.kept, here.double, by=here.by)
    assert queries.merges(seen_by=here.by).count() == 1
    assert queries.merges(seen_by=visitor(here.organisation.pk)).count() == 0
    found = queries.side_by_side([here.double.pk, here.kept.pk], seen_by=here.by)
    assert found == [here.double, here.kept]
    with pytest.raises(Missing):
        queries.side_by_side([here.kept.pk], seen_by=actor_of(make_staff(make_organisation())))


def test_mails_follow(here):
    context = {"contact": "Claire", "client": "Toulon", "client_number": here.double.number}
    mail.queue(
        organisation_id=here.organisation.pk, kind="client-number", key="a", to=["c@exemple.fr"], context=context,
        about=here.double.number, at=NOW,
    )  # fmt: skip
    made = merge(here.kept, here.double, by=here.by)
    assert Message.objects.get().about == here.kept.number
    undo(made, by=here.by)
    assert Message.objects.get().about == here.double.number


def test_the_old_address_of_a_deleted_record_leads_to_the_kept_one(here):
    merge(here.kept, here.double, by=here.by)
    assert clients.kept_instead(here.double.pk, seen_by=here.by) is None
    old = here.double.pk
    delete(here.double, here.by)
    assert clients.kept_instead(old, seen_by=here.by) == here.kept.pk
    assert clients.kept_instead(old, seen_by=visitor(here.organisation.pk)) is None
