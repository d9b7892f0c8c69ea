"""A deal of two people for one session."""

from types import SimpleNamespace

import pytest

from comptoir.deals.commands import opening
from comptoir.deals.commands.opening import Hope, NewDeal
from comptoir.deals.models import Deal
from tests.factories import (
    NOW,
    actor_of,
    make_activity,
    make_client,
    make_level,
    make_organisation,
    make_session,
    make_staff,
)


def open_one(by, session, *, source="PR-1", people=2, **fields):
    hopes = [Hope(session.pk, None, "Hugo", f"Marchand{n}", "", 25_000, 2000) for n in range(people)]
    values = {
        "title": "Secourisme",
        "chance": 33,
        "client_id": None,
        "prospect_name": "Ateliers du Lac",
        "contact_name": "Claire Lefèvre",
        "contact_email": "claire@exemple.fr",
        "contact_phone": "",
        "owner_id": None,
        "territory_id": None,
        "why": "client non identifié",
        **fields,
    }
    opening.open_many([NewDeal(source=source, hopes=hopes, **values)], by=by, at=NOW)
    return Deal.objects.get(source=source)


@pytest.fixture
def desk(db):
    organisation = make_organisation()
    make_level(organisation, is_default=True)
    staff = make_staff(organisation)
    session = make_session(make_activity(organisation), capacity=3)
    by = actor_of(staff)
    return SimpleNamespace(
        organisation=organisation,
        staff=staff,
        by=by,
        session=session,
        deal=open_one(by, session),
        client=make_client(organisation, "Ateliers du Lac"),
    )
