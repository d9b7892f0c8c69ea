"""An activity in figures, within the perimeter, to the cent."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Missing
from comptoir.bookings.figures import figures
from tests.factories import NOW, actor_of, make_organisation, make_registrations, make_session, make_staff


def test_figures_are_those_of_the_registrations(place, django_assert_num_queries):
    make_registrations(place.session, 3, state="pending", price_cents=3_333)
    make_registrations(place.other, 1, at=NOW - timedelta(weeks=2))
    make_registrations(place.other, 1, state="cancelled", at=NOW - timedelta(weeks=60))
    make_session(place.activity, capacity=None)
    with django_assert_num_queries(7):
        found = figures(place.activity.pk, seen_by=place.by, at=NOW)
    assert (found.held, found.net_cents, found.gross_cents) == (4, 9_999 + 25_000, 9_999 + 2_000 + 25_000 + 5_000)
    assert {fill.session.pk: (fill.held, fill.pending, fill.percent) for fill in found.fills if fill.held} == {
        place.session.pk: (3, 3, 75), place.other.pk: (1, 0, 25),
    }  # fmt: skip
    assert [fill.percent for fill in found.fills].count(None) == 1
    assert [week.count for week in found.weeks[-3:]] == [1, 0, 3]
    assert (len(found.weeks), found.weeks[-1].percent, found.weeks[-3].percent) == (26, 100, 33)
    assert {one.state: (one.count, one.owed_cents) for one in found.standings} == {
        "due": (2, 11_999 + 30_000), "free": (1, 0), "refund_due": (0, 0), "paid": (0, 0),
    }  # fmt: skip


def test_only_the_perimeter(place):
    make_registrations(place.session, 1)
    make_registrations(place.other, 3)
    assert figures(place.activity.pk, seen_by=place.manager, at=NOW).held == 1
    with pytest.raises(Missing):
        figures(place.activity.pk, seen_by=actor_of(make_staff(make_organisation())), at=NOW)
