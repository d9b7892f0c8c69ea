"""How often one source asks: each one is counted, whoever counts at once, and forgotten after its hour."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from comptoir.preregistrations.commands.patience import forget_counts, one_more
from comptoir.preregistrations.models import Asked
from tests.factories import NOW
from tests.hands import together


@pytest.mark.django_db(transaction=True)
def test_those_who_count_at_once_are_all_counted():
    said = together([lambda: one_more("basket:somebody", at=NOW)] * 8)
    assert sorted(said) == list(range(1, 9))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no such setting.")
@pytest.mark.django_db(transaction=True)
def test_only_the_count_itself_does_not_wait_for_the_disk():
    """Neither what comes after it, nor a transaction it is counted in."""

    def waits():
        with connection.cursor() as cursor:
            cursor.execute("show synchronous_commit")
            return cursor.fetchone()[0] == "on"

    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = on")  # as a server of one's own has it; the tests' does without
    assert one_more("basket:somebody", at=NOW) == 1
    assert waits()
    with transaction.atomic():
        assert one_more("basket:somebody", at=NOW) == 2
        assert waits()
    with connection.cursor() as cursor:
        cursor.execute("reset synchronous_commit")


@pytest.mark.django_db
def test_each_hour_each_thing_and_each_source_is_counted_apart():
    assert [one_more("basket:somebody", at=NOW) for _ in range(3)] == [1, 2, 3]
    assert one_more("basket:another", at=NOW) == 1
    assert one_more("confirmation:somebody", at=NOW) == 1
    assert one_more("basket:somebody", at=NOW + timedelta(hours=1)) == 1


@pytest.mark.django_db
def test_counts_are_gone_once_their_hour_is(django_assert_num_queries):
    one_more("basket:somebody", at=NOW)
    one_more("basket:somebody", at=NOW + timedelta(hours=2))
    assert forget_counts(at=NOW).done == []
    assert len(forget_counts(at=NOW + timedelta(hours=1)).done) == 1
    assert Asked.objects.get().until == NOW + timedelta(hours=3)
