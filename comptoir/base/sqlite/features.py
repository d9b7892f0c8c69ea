"""What our SQLite can do: asked of the library we run on, where Django asks Python's own."""

from django.db.backends.sqlite3.features import DatabaseFeatures as DjangoFeatures

from comptoir.base.sqlite import engine


class DatabaseFeatures(DjangoFeatures):
    """Django's list, with the answers that depend on the release given by our engine."""

    supports_aggregate_order_by_clause = engine.VERSION >= (3, 44, 0)
    # Tests run on a file (tests/conftest.py), so threads may each have a connection of their own.
    test_db_allows_multiple_connections = True
