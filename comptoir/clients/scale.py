"""From which score two records are one client for certain, or worth a look, and a request is taken for a client.

Each organisation's own, in per cent; what the usual ones give is measured in docs/matching.md.
"""

from typing import NamedTuple

from django.db import connection

from comptoir.clients.scoring import CERTAIN, PROBABLE

# By hand, as for each request alone it would take longer to make than to answer.
_OWN = "select certain_from, probable_from, asked_from from organisations_organisation where id = %s"
ASKED = 0.3  # a request taken for a client asks for more than a pair worth a look


class Scale(NamedTuple):
    """Scores from 0 to 1: `probable` ≤ `asked` ≤ `certain`."""

    certain: float = CERTAIN
    probable: float = PROBABLE
    asked: float = ASKED


USUAL = Scale()


def scale_of(organisation_id: int) -> Scale:
    """The organisation's; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [organisation_id])
        found = cursor.fetchone()
    return Scale(*(percent / 100 for percent in found)) if found else USUAL
