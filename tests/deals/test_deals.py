"""Deals followed, weighted, won and lost (B18)."""

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing, Refusal
from comptoir.bookings.models import Booking, Registration
from comptoir.clients import keeping
from comptoir.clients.models import Client
from comptoir.deals import queries
from comptoir.deals.commands import following
from comptoir.deals.commands.following import AlreadyClosed, DealValues
from comptoir.deals.models import Deal
from comptoir.deals.states import MOVES, ForbiddenMove, Stage
from comptoir.integration.commands import running, starting
from comptoir.integration.commands.starting import Options
from comptoir.integration.commands.winning import CannotSeat, win
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.preregistrations.models import Request
from tests.deals.conftest import open_one
from tests.factories import NOW, actor_of, make_client, make_contact, make_organisation, make_staff
from tests.integration.conftest import ask, world  # noqa: F401  # a fixture

FORBIDDEN = [(a, b) for a in Stage for b in Stage if b not in MOVES[a]]


@pytest.mark.parametrize(("current", "target"), FORBIDDEN)
def test_a_deal_refuses_a_move_that_is_not_in_the_table(desk, current, target):
    Deal.objects.filter(pk=desk.deal.pk).update(stage=current)
    with pytest.raises(ForbiddenMove):
        following.move_deal(deal_id=desk.deal.pk, stage=target, because="prix", by=desk.by, at=NOW)


def test_totals_are_weighted_by_chance(desk):
    open_one(desk.by, desk.session, source="PR-2", people=1, chance=50)
    new = next(one for one in queries.totals(queries.deals(seen_by=desk.by)) if one.stage == Stage.NEW)
    assert (new.count, new.amount_cents, new.weighted_cents) == (2, 75_000, 50_000 * 33 // 100 + 12_500)


def test_winning_registers_everybody_and_makes_the_client(desk):
    Client.objects.all().delete()
    reference = win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    desk.deal.refresh_from_db()
    assert (desk.deal.stage, desk.deal.chance, desk.deal.client.legal_name) == ("won", 100, "Ateliers du Lac")
    rows = Registration.objects.filter(booking__reference=reference)
    assert [(row.state, row.level.name, row.booking.client_id) for row in rows] == [
        ("validated", "Confirmée", desk.deal.client_id)
    ] * 2
    assert Entry.objects.filter(what="deal.won", about=desk.deal.reference).count() == 1


def test_winning_recognises_a_client_without_doubt(desk):
    make_contact(desk.client, desk.deal.contact_email)
    win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    assert Deal.objects.get(pk=desk.deal.pk).client_id == desk.client.pk
    assert not Message.objects.filter(kind="client-number").exists()


def test_a_name_alone_is_not_enough_and_the_new_client_is_told_its_number(desk):
    win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    made = Deal.objects.get(pk=desk.deal.pk).client
    assert made != desk.client
    assert made.contacts.get().email == "claire@exemple.fr"
    assert Message.objects.get(kind="client-number").about == made.number


def test_a_deal_born_of_a_request_recognises_its_client_by_all_that_was_typed(world):  # noqa: F811
    Client.objects.filter(pk=world.client.pk).update(siret="73282932000074")
    keeping.keep([world.client.pk], organisation_id=world.organisation.pk, again=True)
    known = ask(world, siret="73282932000074", city="Nice", legal_name="Les Ateliers du Lac")
    stranger = ask(world, legal_name="Menuiserie Bocage", siret="55210055400013", city="Vannes", postcode="56000")
    deals = [open_one(world.by, world.session, source=one.reference, prospect_name=one.legal_name, people=1)
             for one in (known, stranger)]  # fmt: skip
    Deal.objects.filter(pk=deals[1].pk).update(prospect_name="Menuiserie du Bocage")
    for deal in deals:
        win(deal_id=deal.pk, by=world.by, at=NOW)
        deal.refresh_from_db()
    assert deals[0].client_id == world.client.pk
    made = deals[1].client
    assert (made.legal_name, made.siret, made.city) == ("Menuiserie du Bocage", "55210055400013", "Vannes")
    assert made.contacts.get().last_name == "Lefèvre"


def test_winning_is_all_or_nothing(desk):
    other = open_one(desk.by, desk.session, source="PR-2")
    win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    with pytest.raises(CannotSeat) as refusal:
        win(deal_id=other.pk, by=desk.by, at=NOW)
    assert "complet" in refusal.value.sentence
    assert (Registration.objects.count(), Deal.objects.get(pk=other.pk).stage) == (2, "new")


def test_a_deal_is_won_once(desk):
    win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    with pytest.raises(ForbiddenMove):
        win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    assert Registration.objects.count() == 2


def test_a_lost_deal_says_why_and_can_come_back_at_the_default_chance(desk):
    with pytest.raises(Invalid):
        following.move_deal(deal_id=desk.deal.pk, stage="lost", by=desk.by, at=NOW)
    following.move_deal(deal_id=desk.deal.pk, stage="lost", because="Trop cher", by=desk.by, at=NOW)
    desk.deal.refresh_from_db()
    assert (desk.deal.chance, desk.deal.lost_because) == (0, "Trop cher")
    following.move_deal(deal_id=desk.deal.pk, stage="contacted", by=desk.by, at=NOW)
    desk.deal.refresh_from_db()
    assert (desk.deal.chance, desk.deal.closed_at, desk.deal.lost_because) == (33, None, "")


def test_a_won_deal_is_not_changed(desk):
    win(deal_id=desk.deal.pk, by=desk.by, at=NOW)
    with pytest.raises(AlreadyClosed):
        following.change_deal(deal_id=desk.deal.pk, values=DealValues("T", 1, 1), by=desk.by, at=NOW)


def test_every_fault_is_named_at_once(desk):
    stranger = make_client(make_organisation())
    values = DealValues("", -1, 101, client_id=stranger.pk)
    with pytest.raises(Refusal) as refusal:
        following.change_deal(deal_id=desk.deal.pk, values=values, by=desk.by, at=NOW)
    assert {one.field for one in refusal.value.refusals} == {"title", "amount", "chance", "client"}


def test_another_organisation_has_no_such_deal(desk):
    stranger = actor_of(make_staff(make_organisation()))
    with pytest.raises(Missing):
        following.move_deal(deal_id=desk.deal.pk, stage="contacted", by=stranger, at=NOW)
    with pytest.raises(Missing):
        win(deal_id=desk.deal.pk, by=stranger, at=NOW)
    assert not queries.deals(seen_by=stranger).exists()


def test_a_manager_does_not_work_the_pipeline(desk):
    manager = actor_of(make_staff(desk.organisation, "manager"))
    with pytest.raises(Forbidden):
        following.write_note(deal_id=desk.deal.pk, text="Bonjour", by=manager, at=NOW)
    assert not queries.deals(seen_by=manager).exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_won_keeps_the_language_of_its_request(language, world):  # noqa: F811
    request = ask(world, legal_name="Inconnu du bataillon")
    Request.objects.filter(pk=request.pk).update(language=language)
    started = starting.start(ticket="t", method="deals", options=Options(), by=world.by, at=NOW)
    running.work(started.run_id, clock=lambda: NOW)
    reference = win(deal_id=Deal.objects.get().pk, by=world.by, at=NOW)
    assert Booking.objects.get(reference=reference).language == language
