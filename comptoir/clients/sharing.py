"""The clients that share a look-up key: an index look-up each, and a crowd under one key costs no more than a few."""

from collections.abc import Collection

from django.db import connection

from comptoir.clients.blocking import CROWD

_LATERAL = """
    select wanted.key, found.client_id from unnest(%s::bigint[]) as wanted(key), lateral (
        select client_id from clients_lookupkey where organisation_id = %s and key = wanted.key
        order by client_id limit %s) as found
"""
_ONE = """
    select client_id from clients_lookupkey where organisation_id = %s and key = %s order by client_id limit %s
"""


def bearers(keys: Collection[int], *, organisation_id: int, most: int = CROWD) -> dict[int, list[int]]:
    """By key, the ids of the clients that have it: the oldest `most` of them."""
    found: dict[int, list[int]] = {key: [] for key in keys}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_LATERAL, [list(found), organisation_id, most])
            for key, client_id in cursor:
                found[key].append(client_id)
        else:
            for key, ids in found.items():
                cursor.execute(_ONE, [organisation_id, key, most])
                ids += [row[0] for row in cursor.fetchall()]
    return found
