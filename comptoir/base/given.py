"""Looking for a text by an index that holds no empty one: unique where it is given, absent from most rows."""

from django.db.models import Q


def given(**columns: str) -> Q:
    """Rows whose columns hold these texts; none for an empty text.

    The condition of the index is said again. SQLite looks for it in the statement, word for word; so does PostgreSQL
    where it plans once for whatever value. Without it, both read all the rows of an organisation to find one.
    """
    return Q(**columns) & ~Q(*((name, "") for name in columns), _connector=Q.OR)
