"""Two records of one client, and what hangs on each."""

from types import SimpleNamespace

import pytest

from comptoir.deals.models import Deal
from comptoir.merging.commands.merging import merge_clients, undo_merge
from tests.factories import NOW, actor_of, make_client, make_organisation, make_staff


def make_deal(client, reference):
    return Deal.objects.create(
        organisation_id=client.organisation_id, reference=reference, title="SST", chance=33, client=client,
        created_at=NOW,
    )  # fmt: skip


def merge(target, *sources, by, at=NOW, **kept):
    ids = [one.pk for one in sources]
    return merge_clients(target_number=target.number, source_ids=ids, kept_fields=kept, by=by, at=at)


def undo(merge_id, *, by, at=NOW):
    return undo_merge(merge_id=merge_id, by=by, at=at)


@pytest.fixture
def here(db):
    organisation = make_organisation()
    kept = make_client(organisation, "Mairie de Toulon", city="Toulon")
    double = make_client(organisation, "Commune de Toulon", phone="0494000000")
    by = actor_of(make_staff(organisation, "assistant"))
    return SimpleNamespace(organisation=organisation, kept=kept, double=double, by=by)
