"""Whether something an organisation's public pages show has changed since they were made."""

from django.db import connection

type Mark = tuple[int | None, int | None, int]


def mark(organisation_id: int) -> Mark:
    """Equal marks: nothing changed in between. One light statement.

    The least, the greatest and the number of the changes kept: a change whose transaction began before another and
    ended after it is seen too, as its number fills a gap; and so is their pruning, as the least is then another.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MIN(id), MAX(id), COUNT(*) FROM freshness_change WHERE organisation_id = %s", [organisation_id]
        )
        first, last, count = cursor.fetchone()
        return first, last, count
