"""The clients that share a look-up key: an index look-up each, and a crowd under one key costs no more than a few."""

import json
from collections.abc import Collection

from django.db import connection

from comptoir.clients.blocking import CROWD

_LATERAL = """
    select wanted.key, found.client_id from unnest(%s::bigint[]) as wanted(key), lateral (
        select client_id from clients_lookupkey where organisation_id = %s and key = wanted.key
        order by client_id limit %s) as found
"""
_NESTED = """
    select wanted.value, (select group_concat(client_id) from (
        select client_id from clients_lookupkey where organisation_id = %s and key = wanted.value
        order by client_id limit %s)) from json_each(%s) as wanted
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
            cursor.execute(_NESTED, [organisation_id, most, json.dumps(list(found))])
            for key, ids in cursor:
                found[key] += map(int, ids.split(",")) if ids else ()
    return found
