"""The clients that share a look-up key: an index look-up each, and a crowd under one key costs no more than a few.

By hand, as one request alone would take longer to have its statements made than answered.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

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

_OWN = "select id from clients_client where organisation_id = %s and {field} = {value} order by id limit %s"
_PEOPLE = """
    select person.client_id as id from clients_contact person join clients_client own on own.id = person.client_id
    where own.organisation_id = %s and person.email_key = {value} and not (person.email_key = '')
    order by person.id limit %s
"""  # the index holds no empty address: where most are, PostgreSQL would take any for theirs, and read them all
WANTED = {"name_key": _OWN, "name_town_key": _OWN, "email_key": _PEOPLE}
LIVING = """
    select kept.client_id, kept.traits from clients_profile kept where kept.client_id {among}
    and not exists (select 1 from clients_formernumber former where former.former_id = kept.client_id)
"""  # but those merged into another (G6)
REFUSED = "select identity_key, client_id from clients_refusedmatch where organisation_id = %s and identity_key {among}"
PEOPLE = """
    select client_id, email_key, phone, first_name, last_name from clients_contact where client_id {among} order by id
"""
COMMON = "select word, count from clients_commonword where organisation_id = %s and word {among}"
TWINS = "select left_id, right_id from clients_suspicion where level = 'certain' and left_id {among}"
SEEN = """
    select id, legal_name, siret, doubtful_siret, address, postcode, city, phone, email from clients_client
    where organisation_id = %s and id {among}
"""
WHO = """
    select client_id, first_name, last_name, phone, email from clients_contact where client_id {among}
    order by is_main desc, id
"""
IMPORTED = """
    select id, imported_id from clients_client
    where organisation_id = %s and imported_id {among} and not (imported_id = '')
"""  # said again: the index holds no other
NUMBERED = "select number, id from clients_client where organisation_id = %s and number {among}"
NAMES = "select id, number, legal_name, imported_id from clients_client where id {among}"


def closest(field: str, values: Collection[str], *, organisation_id: int, most: int) -> defaultdict[str, list[int]]:
    """By value of a field of `WANTED`, the ids of the clients that have it, the oldest `most` of them."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    wanted = [one for one in set(values) if one]
    if not wanted:
        return found
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            one = WANTED[field].format(field=field, value="wanted.value")
            each = f"select value, id from unnest(%s::text[]) as wanted(value), lateral ({one}) as found"  # noqa: S608
            cursor.execute(each, [wanted, organisation_id, most])
            for value, pk in cursor:
                found[value].append(pk)
        else:
            one = WANTED[field].format(field=field, value="wanted.value")
            each = f"select value, (select group_concat(id) from ({one})) from json_each(%s) as wanted"  # noqa: S608
            cursor.execute(each, [organisation_id, most, json.dumps(wanted)])
            for value, ids in cursor:
                found[value] += map(int, ids.split(",")) if ids else ()
    return found


def rows(statement: str, values: Collection[Any], *before: int) -> list[Any]:
    """The rows of one of the statements above: `before` fills its marks, then any of these values."""
    if not values:
        return []
    with connection.cursor() as cursor:
        _run(cursor, statement, values, *before)
        return list(cursor.fetchall())


def forget(client_ids: Collection[int]) -> None:
    """The engine holds nothing of these clients; three statements."""
    if not client_ids:
        return
    with connection.cursor() as cursor:
        for table in ("clients_profile", "clients_lookupkey", "clients_tocompare"):
            _run(cursor, f"delete from {table} where client_id {{among}}", client_ids)  # noqa: S608  # names of ours


def _run(cursor: Any, statement: str, values: Collection[Any], *before: int) -> None:
    if connection.vendor == "postgresql":
        # Numbers as wide as the column's: else each of them is compared with each row, where no index is read.
        mark = "%s::bigint[]" if isinstance(next(iter(values)), int) else "%s"
        cursor.execute(statement.format(among=f"= any({mark})"), [*before, list(values)])
    else:
        among = statement.format(among="in (select value from json_each(%s))")
        cursor.execute(among, [*before, json.dumps(list(values))])


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
