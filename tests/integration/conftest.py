"""A small organisation at work: sessions on sale, clients known, requests waiting with their files."""

from types import SimpleNamespace

import pytest

from comptoir.checkout import commands as checkout
from comptoir.organisations.actors import visitor
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.submission import Participant, Requester, Submission
from tests.factories import (
    NOW,
    actor_of,
    make_activity,
    make_client,
    make_level,
    make_organisation,
    make_session,
    make_staff,
    make_terms,
)


def requester(legal_name="Ateliers du Lac", **fields):
    return Requester(
        **{
            "legal_name": legal_name,
            "first_name": "Claire",
            "last_name": "Lefèvre",
            "email": "claire@exemple.fr",
            "city": "Nantes",
            **fields,
        }
    )


def ask(world, *, people=1, sessions=None, client=None, token="", **fields):
    """One confirmed pre-registration; its row."""
    world.asked += 1
    wanted = tuple(
        Participant(session.reference, f"Prénom{index}", f"Nom{world.asked}")
        for session in (sessions or [world.session])
        for index in range(people)
    )
    done = checkout.submit(
        submission=Submission(requester(**fields), wanted, 1),
        token=token or f"jeton-{world.asked}",
        by=visitor(world.organisation.pk),
        at=NOW,
        client_id=client.pk if client else None,
    )
    return Request.objects.select_related("file").get(reference=done.reference)


@pytest.fixture
def world(transactional_db, tmp_path, settings):
    return make_world(tmp_path, settings)


def make_world(folder, settings):
    settings.DATA_DIR = folder
    organisation = make_organisation("loire-formation", notification_email="inscriptions@loire.test")
    make_terms(organisation)
    level = make_level(organisation, is_default=True)
    staff = make_staff(organisation)
    activity = make_activity(organisation, owner=staff)
    session = make_session(activity, capacity=4, assistant=make_staff(organisation, "assistant"))
    client = make_client(organisation, "Ateliers du Lac", city="Nantes")
    return SimpleNamespace(
        organisation=organisation,
        level=level,
        staff=staff,
        by=actor_of(staff),
        activity=activity,
        session=session,
        client=client,
        asked=0,
        spool=folder / "loire-formation" / "Résa",
    )
