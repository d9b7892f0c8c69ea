"""What the desk reads of the outbox: one's own organisation's, for those who work the intake."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Missing
from comptoir.mail import queries
from comptoir.mail.models import Message
from tests.factories import NOW, actor_of, make_organisation, make_staff
from tests.mail.made import queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(organisation):
    return actor_of(make_staff(organisation, "assistant"))


def test_newest_first_found_by_state_kind_and_text(organisation, reader):
    old = queue(organisation, about="PR-1", to=["hugo@exemple.fr"])
    new = queue(organisation, to=["n/a"])
    other = queue(make_organisation())

    def found(**filters):
        return [one.pk for one in queries.messages(seen_by=reader, **filters)]

    assert found() == [new.pk, old.pk]
    assert found(state="refused") == [new.pk]
    assert found(kind="password-link") == []
    assert found(text="HUGO@") == found(text="pr-1") == [old.pk]
    assert found(text="numéro client") == [new.pk, old.pk]
    assert other.pk not in found()
    assert [one.pk for one in queries.of("PR-1", seen_by=reader)] == [old.pk]
    assert queries.counts(seen_by=reader) == {"queued": 1, "sending": 0, "sent": 0, "refused": 1, "cancelled": 0}
    assert queries.refused_count(seen_by=reader) == 1


def test_a_manager_sees_none(organisation):
    row, manager = queue(organisation), actor_of(make_staff(organisation, "manager"))
    assert not queries.messages(seen_by=manager).exists()
    with pytest.raises(Missing):
        queries.message(row.pk, seen_by=manager)


def test_another_organisations_mail_does_not_exist(organisation, reader):
    with pytest.raises(Missing):
        queries.message(queue(make_organisation()).pk, seen_by=reader)


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_one_query(count, organisation, reader, django_assert_num_queries):
    for _ in range(count):
        queue(organisation)
    with django_assert_num_queries(1):
        assert [one.subject for one in queries.messages(seen_by=reader)]


def test_the_backlog_is_ill_when_the_oldest_waits_too_long(organisation):
    assert queries.backlog(at=NOW) == queries.Backlog(0, None, False)
    queue(organisation)
    assert not queries.backlog(at=NOW).is_slow
    assert queries.backlog(at=NOW + timedelta(hours=1)).is_slow
    Message.objects.update(state="sent", next_at=None)
    assert not queries.backlog(at=NOW + timedelta(hours=1)).is_slow
