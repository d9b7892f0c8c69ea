"""A text that is not empty is found by the index that holds no empty one, on either database (`base.given`)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.accounts.queries import by_email
from comptoir.base.given import given
from comptoir.bookings import queries as bookings
from comptoir.bookings.models import Booking
from comptoir.checkout import booking as direct
from comptoir.clients import sharing
from comptoir.organisations.actors import system
from tests import factories as f
from tests.checkout.direct import make_fair, order


def plan(statement):
    """How the database would run it; few rows are better read whole, so that is not allowed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"explain query plan {statement}")
        else:
            cursor.execute("set local enable_seqscan = off")
            cursor.execute("set local plan_cache_mode = force_generic_plan")
            cursor.execute(f"explain {statement}")
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.fixture
def fair(db):
    return make_fair()


LOOKED_UP = {
    "accounts_email_once": lambda fair: by_email("claire@exemple.fr"),
    "bookings_source_once": lambda fair: bookings.born_from("DO-00001", seen_by=system(fair.organisation.pk)),
    "bookings_token_once": lambda fair: direct.known(order(fair.session, token="jeton"), by=fair.by),
    "clients_contact_by_email": lambda fair: sharing.closest(
        "email_key", ["claire@exemple.fr"], organisation_id=fair.organisation.pk, most=5
    ),
    "clients_imported_once": lambda fair: sharing.rows(sharing.IMPORTED, ["a", "b"], fair.organisation.pk),
}


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="Of few rows, PostgreSQL takes whichever index.")
@pytest.mark.parametrize("index", LOOKED_UP)
def test_one_row_is_found_by_its_index(fair, index):
    with CaptureQueriesContext(connection) as asked:
        LOOKED_UP[index](fair)
    assert index in plan(asked.captured_queries[-1]["sql"])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite plans with the values at hand.")
@pytest.mark.parametrize("said", [True, False])
def test_planned_for_any_value_it_still_is(fair, said):
    """And without its condition it is not (sabotage)."""
    rows = Booking.objects.filter(organisation_id=1)
    rows = rows.filter(given(token="x")) if said else rows.filter(token="x")
    sql, _params = rows.query.sql_with_params()
    for mark in ("$1", "$2", "''")[: sql.count("%s")]:
        sql = sql.replace("%s", mark, 1)
    with connection.cursor() as cursor:
        cursor.execute(f"prepare found as {sql}")
        assert ("bookings_token_once" in plan("execute found(1, 'x')")) is said
        cursor.execute("deallocate found")


def test_nobody_bears_an_empty_text(fair):
    staffs = f.make_registrations(fair.session)[0].booking
    assert staffs.token == ""
    assert not Booking.objects.filter(given(token="")).exists()
