"""The dates a client confirms follow it; where both confirm the same session's, each keeps its own answer (D8)."""

import pytest
from django.db import IntegrityError

from comptoir.merging.holders import sessions_of
from comptoir.proposals.models import DateProposal, Sending, SessionClient
from tests.factories import NOW, make_activity, make_session
from tests.merging.conftest import merge, undo


def confirms(session, client, number):
    """The client is of that session, and dates were proposed to it."""
    SessionClient.objects.create(session=session, client=client, is_chosen=True, added_at=NOW, added_by_name="Ici")
    sending = Sending.objects.create(
        organisation_id=client.organisation_id, session=session, reference=f"PD-{number}", subject="Dates", body="…",
        by_name="Ici", changed_at=NOW,
    )  # fmt: skip
    return DateProposal.objects.create(
        organisation_id=client.organisation_id, sending=sending, session=session, client=client,
        reference=f"P-{number}", sequence=0, deadline_at=NOW, sent_at=NOW,
    )  # fmt: skip


def test_its_dates_follow_and_go_back(here):
    session = make_session(make_activity(here.organisation))
    proposal = confirms(session, here.double, 1)
    done = merge(here.kept, here.double, by=here.by)
    proposal.refresh_from_db()
    assert proposal.client == here.kept
    assert (sessions_of(here.kept), sessions_of(here.double)) == ([session.pk], [])
    assert undo(done, by=here.by) == 0
    proposal.refresh_from_db()
    assert proposal.client == here.double
    assert SessionClient.objects.get().client == here.double


def test_two_answers_to_the_same_dates_stay_two(here):
    shared, own = (make_session(make_activity(here.organisation)) for _ in range(2))
    confirms(shared, here.kept, 1)
    theirs, alone = confirms(shared, here.double, 2), confirms(own, here.double, 3)
    merge(here.kept, here.double, by=here.by)
    theirs.refresh_from_db()
    alone.refresh_from_db()
    assert (theirs.client, alone.client) == (here.double, here.kept)
    assert sessions_of(here.double) == [shared.pk]


def test_what_was_proposed_again_meanwhile_is_left(here):
    session = make_session(make_activity(here.organisation))
    confirms(session, here.double, 1)
    done = merge(here.kept, here.double, by=here.by)
    confirms(session, here.double, 2)
    assert undo(done, by=here.by) == 2, "the row and its proposal stay at the kept record"
    assert sessions_of(here.kept) == sessions_of(here.double) == [session.pk]


def test_sabotage_moved_without_looking_two_rows_are_one_clash(here, monkeypatch):
    session = make_session(make_activity(here.organisation))
    confirms(session, here.kept, 1)
    confirms(session, here.double, 2)
    monkeypatch.setattr("comptoir.merging.handover.sessions_of", lambda client: [])
    with pytest.raises(IntegrityError):
        merge(here.kept, here.double, by=here.by)
