"""States, every pair of them, and publication."""

import pytest

from comptoir.base.errors import Forbidden, Missing
from comptoir.catalogue.commands import publication
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import MOVES, ForbiddenMove, SessionState
from comptoir.journal.models import Entry
from tests.factories import NOW, actor_of, make_staff

PAIRS = [(current, target) for current in SessionState for target in SessionState]


@pytest.mark.parametrize(("current", "target"), PAIRS)
def test_a_session_moves_as_the_table_says(by, session, current, target):
    Session.objects.update(state=current)
    move = {"session_id": session.pk, "to": target, "by": by, "at": NOW}
    if target in MOVES[current]:
        publication.move_session(**move)
        assert Entry.objects.get().detail == {"id": session.pk, "from": current, "to": target}
    else:
        with pytest.raises(ForbiddenMove):
            publication.move_session(**move)
        assert not Entry.objects.exists()
    session.refresh_from_db()
    assert session.state == (target if target in MOVES[current] else current)


def test_a_state_that_is_none_is_refused(by, session):
    with pytest.raises(ForbiddenMove):
        publication.move_session(session_id=session.pk, to="sold", by=by, at=NOW)


def test_publishing_twice_is_publishing_once(by, session):
    Session.objects.update(is_published=False)
    for command in (
        publication.publish_session, publication.publish_session,
        publication.unpublish_session, publication.unpublish_session,
    ):  # fmt: skip
        command(session_id=session.pk, by=by, at=NOW)
    assert list(Entry.objects.order_by("pk").values_list("what", flat=True)) == [
        "session.published", "session.unpublished",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "word"), [({"kind": "intra"}, "INTRA"), ({"state": "cancelled"}, "annulée"), ({"city": ""}, "ville")]
)
def test_what_cannot_be_sold_is_not_published(by, session, fields, word):
    Session.objects.update(is_published=False, **fields)
    with pytest.raises(publication.NotForSale, match=word):
        publication.publish_session(session_id=session.pk, by=by, at=NOW)


def test_a_remote_session_needs_no_city(by, session):
    Session.objects.update(is_published=False, city="", is_remote=True)
    publication.publish_session(session_id=session.pk, by=by, at=NOW)
    session.refresh_from_db()
    assert session.is_published


COMMANDS = (publication.publish_session, publication.unpublish_session)


@pytest.mark.parametrize("command", COMMANDS)
def test_strangers_and_readers_are_kept_out(organisation, session, stranger, command):
    with pytest.raises(Missing):
        command(session_id=session.pk, by=stranger, at=NOW)
    with pytest.raises(Forbidden):
        command(session_id=session.pk, by=actor_of(make_staff(organisation, "sales_rep")), at=NOW)
    with pytest.raises(Missing):
        publication.move_session(session_id=session.pk, to="closed", by=stranger, at=NOW)
