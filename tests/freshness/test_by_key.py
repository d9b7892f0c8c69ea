"""The rows of a page by their keys: the same, in the same order, with what they are shown with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import sessions
from comptoir.freshness.kept import by_key
from comptoir.proposals.standing import numbered
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
        found = by_key(cut, lambda ids: numbered(ids, seen_by=desk), organisation_id=desk.organisation_id)
        shown = [(one.pk, one.activity.title, one.owner) for one in found]
    assert shown == [(one.pk, one.activity.title, one.owner) for one in cut]
    assert len(shown) == 5


def test_one_gone_in_between_leaves_no_hole(desk):
    def read(ids):
        return Session.objects.filter(pk__in=ids[1:])

    found = by_key(sessions(seen_by=desk)[:3], read, organisation_id=desk.organisation_id)
    assert [one.pk for one in found] == [one.pk for one in sessions(seen_by=desk)[1:3]]


def test_another_organisation_s_numbers_find_nothing(desk):
    other = f.actor_of(f.make_staff(f.make_organisation()))
    assert numbered([one.pk for one in sessions(seen_by=desk)], seen_by=other) == []


@pytest.mark.django_db(transaction=True)
def test_the_keys_are_kept_where_all_that_chooses_them_is_watched():
    organisation = f.make_organisation()
    by = f.actor_of(f.make_staff(organisation))
    f.make_session(f.make_activity(organisation), owner=f.make_staff(organisation))

    def page(order):
        return by_key(sessions(seen_by=by).order_by(order)[:5], lambda ids: ids and numbered(ids, seen_by=by),
                      organisation_id=organisation.pk)  # fmt: skip

    for order, read in (("starts_on", "freshness_change"), ("owner__user__last_name", "accounts_user")):
        assert len(page(order)) == 1
        with CaptureQueriesContext(connection) as asked:
            page(order)
        assert len(asked) == 2
        assert read in asked[0]["sql"]
    Session.objects.all().delete()
    assert page("starts_on") == page("owner__user__last_name") == []
