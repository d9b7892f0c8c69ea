"""Rows poured into a table: all of them, in their order, whatever their number beside that of an insert."""

import pytest

from comptoir.base.pouring import VALUES, pour
from comptoir.clients.models import ToCompare
from tests import factories as f

WHOLE = VALUES // 2  # rows of two columns


@pytest.mark.parametrize("count", [0, 1, WHOLE - 1, WHOLE, WHOLE + 1, 2 * WHOLE + 7])
def test_every_row_is_there_once_and_in_order(db, count):
    client = f.make_client(f.make_organisation())
    ToCompare.objects.all().delete()
    rows = [(client.organisation_id, client.pk + number) for number in range(count)]
    pour(ToCompare, ("organisation_id", "client_id"), iter(rows))
    assert list(ToCompare.objects.order_by("pk").values_list("organisation_id", "client_id")) == rows
    ToCompare.objects.all().delete()
