"""T69: merges, undos and new events lose nothing. T70: opposite merges, oneself, across organisations: refused."""

import random

import pytest

from comptoir.base.errors import Refusal, attempt
from comptoir.clients.models import Client, Contact
from comptoir.deals.models import Deal
from comptoir.merging import handover, records
from comptoir.merging.commands.deleting import delete_emptied
from comptoir.merging.models import Merge
from tests.factories import NOW, actor_of, make_client, make_contact, make_organisation, make_staff
from tests.faults.size import IS_FULL
from tests.hands import together
from tests.merging.conftest import make_deal, merge, undo

ACTS, RACES = (1000, 300) if IS_FULL else (120, 6)


def lived(acts, seed=5):
    """So many random acts over eight records; all merges then undone, newest first: who owns each deal, and should."""
    draw = random.Random(seed)
    organisation = make_organisation()
    by = actor_of(make_staff(organisation))
    clients = [make_client(organisation, f"Client {n}") for n in range(8)]
    owners, done = {}, []
    for n in range(acts):
        one, two = draw.sample(clients, 2)
        try:
            match draw.randrange(4):
                case 0:
                    done.append(merge(two, one, by=by))
                case 1 if done:
                    undo(done[-1], by=by)
                    done.pop()
                case 2:
                    deal = make_deal(one, f"DO-{n}")
                    owners[deal.pk] = one.pk
                case _:
                    make_contact(one, f"p{n}@exemple.fr")
        except Refusal:
            continue
    for one in reversed(done):
        undo(one, by=by)
    return owners, dict(Deal.objects.values_list("pk", "client_id"))


@pytest.mark.fault
def test_t69_random_merges_and_undos_lose_nothing(db):
    before, after = lived(ACTS)
    assert before == after
    assert not Merge.objects.filter(undone_at__isnull=True).exists()
    for client in Client.objects.all():
        mains = Contact.objects.filter(client=client, is_main=True).count()
        assert mains <= 1


@pytest.mark.fault
def test_t69_sabotage_a_holder_forgotten_is_seen(db, monkeypatch):
    monkeypatch.setattr(handover.Moved.objects, "create", lambda **_kept: None)
    before, after = lived(40)
    assert before != after


@pytest.mark.fault
def test_t69_what_hangs_is_never_deleted(here):
    merge(here.kept, here.double, by=here.by)
    deal = make_deal(here.double, "DO-1")
    with pytest.raises(Refusal):
        delete_emptied(client_id=here.double.pk, typed_number=here.double.number, by=here.by, at=NOW)
    assert Deal.objects.filter(pk=deal.pk, client=here.double).exists()


def both_ways():
    organisation = make_organisation()
    by = actor_of(make_staff(organisation))
    one, two = make_client(organisation, "Un"), make_client(organisation, "Deux")
    said = together([lambda: merge(one, two, by=by), lambda: merge(two, one, by=by)])
    return sum(isinstance(answer, int) for answer in said)


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_t70_opposite_merges_at_once_one_is_done_the_other_refused():
    assert [both_ways() for _ in range(RACES)] == [1] * RACES


@pytest.mark.fault
def test_t70_into_itself_or_across_organisations_nothing_is_done(db):
    one, other = (make_client(make_organisation()) for _ in range(2))
    by = actor_of(make_staff(one.organisation))
    pairs = random.Random(70).choices([(one, one), (one, other), (other, one), (other, other)], k=RACES)
    said = [attempt(merge, target, source, by=by) for target, source in pairs]
    assert {getattr(answer, "code", answer) for answer in said} <= {"same-record", "missing"}
    assert not Merge.objects.exists()


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_t70_sabotage_without_the_rule_both_are_done(monkeypatch):
    monkeypatch.setattr(records, "require_kept", lambda _client: None)
    monkeypatch.setattr(records, "leads_to", lambda _client: None)
    assert both_ways() == 2
