"""The deal of the domain's tests, seen from the pages."""

from tests.deals.conftest import desk  # noqa: F401  # a fixture
