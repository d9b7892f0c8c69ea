"""« Pas un doublon » follows a merge, and comes back when it is undone."""

import pytest

from comptoir.clients.commands.duplicates import allow_pair, refuse_pair
from comptoir.clients.duplicates import refused_pairs
from comptoir.clients.models import RefusedPair
from comptoir.merging import pairs
from comptoir.merging.commands.deleting import delete_emptied
from tests.factories import NOW, make_client
from tests.merging.conftest import merge, undo


def said():
    return {(one.left_id, one.right_id) for one in RefusedPair.objects.all()}


def tell_apart(here, *two):
    refuse_pair(left_id=two[0].pk, right_id=two[1].pk, by=here.by, at=NOW)


def pair(*two):
    return tuple(sorted(one.pk for one in two))


@pytest.fixture
def other(here):
    return make_client(here.organisation, "Mairie de Toulon Ouest", city="Toulon")


def test_the_kept_record_inherits_it_and_gives_it_back(here, other):
    tell_apart(here, here.double, other)
    done = merge(here.kept, here.double, by=here.by)
    assert said() == {pair(here.kept, other)}
    assert undo(done, by=here.by) == 0
    assert said() == {pair(here.double, other)}


def test_along_a_chain_and_with_the_other_one_merged_too(here, other):
    last, far = make_client(here.organisation, "Toulon"), make_client(here.organisation, "Ouest")
    tell_apart(here, here.double, other)
    done = [
        merge(here.kept, here.double, by=here.by),
        merge(far, other, by=here.by),
        merge(last, here.kept, by=here.by),
    ]
    assert said() == {pair(last, far)}
    for one in reversed(done):
        undo(one, by=here.by)
    assert said() == {pair(here.double, other)}


def test_what_both_were_told_is_said_once_and_their_own_pair_stays(here, other):
    before = [(here.double, other), (here.kept, other), (here.kept, here.double)]
    for two in before:
        tell_apart(here, *two)
    done = merge(here.kept, here.double, by=here.by)
    assert said() == {pair(*two) for two in before}
    shown = [(one.left_id, one.right_id) for one in refused_pairs(seen_by=here.by)]
    assert shown == [pair(here.kept, other)], "of an emptied record nothing is listed"
    undo(done, by=here.by)
    assert said() == {pair(*two) for two in before}


def test_two_that_were_told_apart_go_into_one_and_come_out_apart(here, other):
    tell_apart(here, here.double, other)
    done = merge(here.kept, here.double, other, by=here.by)
    undo(done, by=here.by)
    assert said() == {pair(here.double, other)}


def test_taken_back_meanwhile_it_stays_so_and_is_counted(here, other):
    tell_apart(here, here.double, other)
    done = merge(here.kept, here.double, by=here.by)
    allow_pair(left_id=here.kept.pk, right_id=other.pk, by=here.by, at=NOW)
    assert undo(done, by=here.by) == 1
    assert said() == set()


def test_it_outlives_the_emptied_record(here, other):
    tell_apart(here, here.double, other)
    merge(here.kept, here.double, by=here.by)
    delete_emptied(client_id=here.double.pk, typed_number=here.double.number, by=here.by, at=NOW)
    assert said() == {pair(here.kept, other)}


def test_sabotage_left_where_it_was_the_pair_goes_with_the_record(here, other, monkeypatch):
    monkeypatch.setattr(pairs, "hand_over", lambda *_records: 0)
    tell_apart(here, here.double, other)
    merge(here.kept, here.double, by=here.by)
    delete_emptied(client_id=here.double.pk, typed_number=here.double.number, by=here.by, at=NOW)
    assert said() == set()
