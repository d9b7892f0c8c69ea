"""What a database's address says to the driver (an operator's own words, and our defaults)."""

from pathlib import Path

import pytest

from comptoir.environment import database

PLACE = "postgres://comptoir:s%40cret@base.interne:5433/comptoir"


def options(address):
    return database(address, Path("data"))["OPTIONS"]


def test_statements_are_prepared_by_the_server_unless_the_address_says_otherwise():
    assert options(PLACE) == {"prepare_threshold": 2, "options": "-c jit=off"}
    assert options(f"{PLACE}?prepare_threshold=9&sslmode=require") == {
        "prepare_threshold": 9, "sslmode": "require", "options": "-c jit=off",
    }  # fmt: skip
    assert options(f"{PLACE}?prepare_threshold=&options=") == {"prepare_threshold": None, "options": ""}


def test_the_rest_of_the_address():
    entry = database(PLACE, Path("data"))
    assert (entry["PASSWORD"], entry["PORT"], entry["NAME"]) == ("s@cret", "5433", "comptoir")
    assert entry["CONN_HEALTH_CHECKS"]


def test_another_kind_of_database_is_refused_by_name():
    with pytest.raises(SystemExit, match="mysql"):
        database("mysql://x", Path("data"))
