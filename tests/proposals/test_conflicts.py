"""A client expected in two places at once: said to the desk, and named to who may see clients."""

from datetime import timedelta

import pytest

from comptoir.catalogue import agenda
from comptoir.catalogue.states import Shared
from comptoir.proposals.models import SessionClient
from comptoir.proposals.queries import held_for
from comptoir.web.desk.sessions.conflicts import told
from tests.factories import NOW, actor_of, make_session, make_slot, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(desk):
    """Another session of the first sitting's hour, in another town."""
    slot = desk.session.slots.order_by("starts_at").first()
    made = make_session(desk.session.activity, city="Ailleurs", place="Salle Z")
    make_slot(made, slot.starts_at + timedelta(minutes=30), slot.ends_at)
    return made


def hold(session, client):
    SessionClient.objects.create(session=session, client=client, is_chosen=True, added_at=NOW)


def test_its_other_session_is_said_and_named_to_who_may_see_clients(desk, other):
    hold(other, desk.lake)
    said = told(desk.session, seen_by=desk.by)
    assert [(one.other.pk, one.sentence.split(" est déjà attendu ")[0]) for one in said] == [
        (other.pk, desk.lake.legal_name)
    ]
    manager = make_staff(desk.organisation, "manager")
    desk.session.managers.add(manager)
    said = told(desk.session, seen_by=actor_of(manager))
    assert [one.sentence.startswith("Un client de cette session est déjà attendu") for one in said] == [True]
    assert said[0].other is None


def test_no_client_in_common_is_no_conflict_and_costs_two_statements(desk, other, django_assert_num_queries):
    assert told(desk.session, seen_by=desk.by) == []
    with django_assert_num_queries(2):
        held = held_for([desk.session.pk, other.pk])
    assert held[desk.session.pk] == {desk.lake.pk, desk.town.pk}
    warned = agenda.conflicts(desk.session, clients_of=lambda ids: dict.fromkeys(ids, frozenset({1})), seen_by=desk.by)
    assert {one.shared for one in warned} == {Shared.CLIENT}
