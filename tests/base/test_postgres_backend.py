"""A kept connection whose server went away is opened again before anything is asked by it, without a statement."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as Django
from django.test.utils import CaptureQueriesContext
from psycopg import Error

from comptoir.base.prepared import insert
from comptoir.organisations import queries
from comptoir.organisations.models import Organisation
from tests.factories import make_organisation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is no server."),
]


def begin_a_request():
    """As Django does for each."""
    connection.health_check_enabled = True
    connection.health_check_done = False


def backend():
    return connection.connection.info.backend_pid


@pytest.fixture
def asked(monkeypatch):
    """How often the server itself is asked: Django does so beside all that counts statements."""
    times, ask = [], Django.is_usable
    monkeypatch.setattr(Django, "is_usable", lambda line: times.append(line) or ask(line))
    return times


@pytest.fixture
def another():
    """A second line to the same server."""
    made = connection.copy()
    yield made
    made.close()


def test_a_line_that_is_open_is_used_as_it_is(asked):
    slug = make_organisation().slug
    before = backend()
    begin_a_request()
    with CaptureQueriesContext(connection) as seen:
        assert queries.by_slug(slug)
    assert (len(seen), asked) == (1, [])
    assert backend() == before


@pytest.mark.parametrize("asks", [queries.by_slug, queries.named], ids=["prepared", "plain"])
def test_a_line_the_server_closed_is_opened_again(asks, another):
    slug = make_organisation().slug
    before = backend()
    with another.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [before])
    begin_a_request()
    assert asks(slug).slug == slug
    assert backend() != before


def test_a_line_with_something_to_read_is_asked(another, asked):
    with connection.cursor() as cursor:
        cursor.execute("listen told")
    with another.cursor() as cursor:
        cursor.execute("notify told")
        cursor.execute("select pg_sleep(0.2)")  # it has come
    before = backend()
    assert connection.is_usable()
    assert len(asked) == 1
    assert backend() == before


def test_a_line_left_in_the_middle_of_something_is_asked(asked):
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("begin")
    with pytest.raises(Error):
        raw.execute("select 1 / 0")
    assert not connection.is_usable()
    assert len(asked) == 1
    raw.rollback()
    assert connection.is_usable()
    assert len(asked) == 1


def test_a_line_we_closed_is_no_line():
    connection.ensure_connection()
    connection.connection.close()
    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable()


def test_one_cursor_is_kept_with_the_line_and_another_with_the_next():
    slug = make_organisation().slug
    assert queries.by_slug(slug)
    kept = connection._kept
    assert queries.by_slug(slug)
    assert connection._kept is kept
    connection.close()
    assert queries.by_slug(slug).slug == slug
    assert connection._kept is not kept


def test_a_statement_refused_spoils_nothing_of_the_next():
    slug = make_organisation().slug
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Organisation(slug=slug, name="La même")])
    assert queries.by_slug(slug).name != "La même"
