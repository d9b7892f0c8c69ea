"""The rows of a page by their keys: the same, in the same order, with what they are shown with."""

import pytest

from comptoir.base.by_key import by_key
from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import sessions, sessions_numbered
from tests import factories as f


@pytest.fixture
def desk(db):
    organisation = f.make_organisation()
    for number in range(4):
        activity = f.make_activity(organisation, title=f"Atelier {3 - number}")
        for _time in range(2):
            f.make_session(activity)
    return f.actor_of(f.make_staff(organisation))


@pytest.mark.parametrize("order", ["-pk", "activity__search_key", "starts_on"])
def test_the_same_rows_in_the_same_order(desk, order, django_assert_num_queries):
    cut = sessions(seen_by=desk).order_by(order, "pk")[2:7]
    with django_assert_num_queries(2):
        found = by_key(cut, lambda ids: sessions_numbered(ids, seen_by=desk))
        shown = [(one.pk, one.activity.title, one.owner) for one in found]
    assert shown == [(one.pk, one.activity.title, one.owner) for one in cut]
    assert len(shown) == 5


def test_one_gone_in_between_leaves_no_hole(desk):
    def read(ids):
        return Session.objects.filter(pk__in=ids[1:])

    assert [one.pk for one in by_key(sessions(seen_by=desk)[:3], read)] == [
        one.pk for one in sessions(seen_by=desk)[1:3]
    ]


def test_another_organisation_s_numbers_find_nothing(desk):
    other = f.actor_of(f.make_staff(f.make_organisation()))
    assert sessions_numbered([one.pk for one in sessions(seen_by=desk)], seen_by=other) == []
