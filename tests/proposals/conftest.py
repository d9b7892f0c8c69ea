"""An in-house session with two sittings and two clients, one with a main contact; an open one with a registrant's."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from comptoir.organisations.actors import visitor
from comptoir.proposals.commands.answering import Reply, answer
from comptoir.proposals.commands.clients import add_client
from comptoir.proposals.commands.drafting import Written, begin_proposal
from comptoir.proposals.commands.sending import send_proposal
from comptoir.proposals.links import link_of
from comptoir.proposals.models import DateProposal, Sending
from tests import factories as f
from tests.mail.conftest import postbox, smtp_port  # noqa: F401  # fixtures

NOW = f.NOW  # Monday 23 November 2026, 10 h in Paris
BEGINS = datetime(2027, 1, 11, 8, tzinfo=UTC)
DEADLINE = (date(2026, 11, 30), time(18))
DUE = datetime(2026, 11, 30, 17, tzinfo=UTC)
BODY = "Bonjour {contact},\n\n{horaires}\n\nLieu : {lieu}\n\n{changements}\n\nAvant le {echeance}.\n\n{bouton}"


@pytest.fixture
def desk(db):
    organisation = f.make_organisation("loire", contact_email="contact@loire.test", name="Loire Formation")
    staff = f.make_staff(organisation)
    by = f.actor_of(staff)
    activity = f.make_activity(organisation, title="Secourisme")
    session = f.make_session(activity, kind="intra", is_published=False, state="draft")
    for start in (BEGINS, BEGINS + timedelta(hours=5)):
        f.make_slot(session, start, start + timedelta(hours=3))
    session.refresh_from_db()
    lake = f.make_client(organisation, "Ateliers du Lac", email="accueil@lac.test")
    f.make_contact(lake, "claire@lac.test", first_name="Claire", last_name="Lefèvre", is_main=True)
    town = f.make_client(organisation, "Mairie de Rezé", email="mairie@reze.test")
    for client in (lake, town):
        add_client(session_id=session.pk, client_id=client.pk, by=by, at=NOW)
    return SimpleNamespace(
        organisation=organisation, staff=staff, by=by, activity=activity, session=session, lake=lake, town=town
    )


def written(**fields):
    return Written(**{"subject": "Vos dates : {session}", "body": BODY, "deadline": DEADLINE, **fields})


def begin(desk, *clients, by=None, at=NOW, session=None):
    ids = [one.pk for one in clients] or None
    session = session or desk.session
    return begin_proposal(session_id=session.pk, client_ids=ids, by=by or desk.by, at=at)


def send(desk, *clients, by=None, at=NOW, session=None, **fields):
    """What was sent to each of these clients, in their order; to one alone, that one."""
    pk = begin(desk, *clients, by=by, at=at, session=session)
    send_proposal(sending_id=pk, written=written(**fields), by=by or desk.by, at=at)
    found = {one.client_id: one for one in DateProposal.objects.filter(sending=pk)}
    sent = [found[one.pk] for one in clients]
    return sent[0] if len(sent) == 1 else sent


def sending_of(pk):
    return Sending.objects.get(pk=pk)


def reply(proposal, said="accepted", *, at=NOW, link=None, reference=None, **fields):
    reference = reference or proposal.reference
    link = link if link is not None else link_of(reference, organisation_id=proposal.organisation_id)
    by = visitor(proposal.organisation_id)
    answer(reference=reference, link=link, reply=Reply(said, **fields), by=by, at=at)
    proposal.refresh_from_db()
    return proposal
