"""An address is looked for by its end, and found by all of it: one that ends alike is somebody else's (C3)."""

import pytest

from comptoir.bookings.queries import Search, registrations
from tests.factories import make_registrations

FOUND = [
    ("jean.lefevre@exemple.fr", 1), ("JEAN.lefevre@exemple.fr", 1), ("n.lefevre@ex", 1), ("lefevre@", 2),
    ("paul.lefevre@", 1), ("luc.lefevre@exemple.fr", 0), ("luc.lefevre@", 0), ("jean.lefevre@exemple.org", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), FOUND)
def test_all_that_was_typed_is_in_it(place, text, count):
    people = [("Jean", "Un", "jean.lefevre@exemple.fr"), ("Paul", "Deux", "paul.lefevre@exemple.fr")]
    for one in people:
        make_registrations(place.session, people=[one])
    assert registrations(seen_by=place.by, search=Search(text=text)).count() == count
