"""Many writers at once: none loses anything, none starves."""

import threading
import time

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from comptoir.base.sqlite import turns

OWN = "own_sqlite"


def counter_table(own):
    with own.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (n integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")


def count_up(until, done):
    """Read, think, write: what two writers get wrong as soon as one of them reads before it holds the lock."""
    times = 0
    try:
        while time.monotonic() < until:
            with transaction.atomic(using=OWN), connections[OWN].cursor() as cursor:
                (n,) = cursor.execute("SELECT n FROM counter").fetchone()
                cursor.execute("UPDATE counter SET n = %s", [n + 1])
            times += 1
    except DatabaseError as error:
        done.append(error)
    else:
        done.append(times)
    finally:
        connections[OWN].close()


def run_writers(count, seconds):
    until, done = time.monotonic() + seconds, []
    writers = [threading.Thread(target=count_up, args=(until, done)) for _ in range(count)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return done


@pytest.mark.slow
def test_eight_writers_for_five_seconds_lose_nothing_and_all_get_their_turn(own):
    counter_table(own)
    done = run_writers(8, 5)
    assert all(isinstance(times, int) for times in done), done
    with own.cursor() as cursor:
        assert cursor.execute("SELECT n FROM counter").fetchone()[0] == sum(done)
    assert min(done) > max(done) / 2, "one writer starved"


@pytest.mark.slow
@pytest.mark.fault
def test_sabotage_deferred_transactions_are_caught_by_the_same_writers(own):
    """Without BEGIN IMMEDIATE a writer that has read finds the file changed under it."""
    counter_table(own)
    own.settings_dict["OPTIONS"] = {"transaction_mode": "DEFERRED"}
    patience, turns.Turns.take = turns.Turns.take, lambda self, timeout: False
    try:
        done = run_writers(8, 2)
    finally:
        turns.Turns.take = patience
    assert any(isinstance(times, DatabaseError) for times in done)


def test_turns_are_given_in_the_order_they_were_asked_for():
    queue, order = turns.Turns(), []
    assert queue.take(1)

    def waiter(number):
        assert queue.take(5)
        order.append(number)
        queue.pass_on()

    waiters = [threading.Thread(target=waiter, args=(number,)) for number in range(5)]
    for one in waiters:
        one.start()
        time.sleep(0.02)
    assert not queue.take(0.01), "it is taken"
    queue.pass_on()
    for one in waiters:
        one.join()
    assert order == [0, 1, 2, 3, 4]
    assert queue.take(0)


def test_a_failed_transaction_and_a_closed_connection_give_the_turn_back(own):
    counter_table(own)
    with pytest.raises(IntegrityError), transaction.atomic(using=OWN):
        raise IntegrityError
    with pytest.raises(DatabaseError), transaction.atomic(using=OWN), own.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    with transaction.atomic(using=OWN):
        own.close()
    assert turns.at(own.settings_dict["NAME"]).take(0)
    turns.at(own.settings_dict["NAME"]).pass_on()


def test_a_busy_handler_gives_up_in_the_end():
    ask = turns.patience(0.02)
    times = 0
    while ask(times):
        times += 1
    assert 0 < times < 200
