"""Statements that are run thousands of times: written with the ORM as any other, but built and compiled once.

Building a queryset and turning it into SQL costs several times what the database takes to answer it. Here the ORM is
asked once for each shape of the values; afterwards only the values change. What comes back are the same objects.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.db.transaction import TransactionManagementError

from comptoir.base.rows import Shape

type Kinds = frozenset[object]
type Value = int | str | Iterable[int] | Iterable[str]
FIRST_MARK = 2_100_000_000  # stands for a number while compiling: fits every integer column, and no row has it


def _connection() -> Any:
    return connections[DEFAULT_DB_ALIAS]


def _run(connection: Any, sql: str, params: Sequence[object], *, is_told: bool = False) -> list[Any]:
    """The statement is done; the rows it answers with, where it has some to tell."""
    if connection.vendor == "postgresql":
        cursor = connection.kept_cursor()
        cursor.execute(sql, params)
        return cursor.fetchall() if is_told else []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if is_told else []


class Prepared[M: Model]:
    """A queryset by the values it is asked with: numbers, texts, or collections of either for `__in`.

    `build` is called with marks in the values' place, under the same names; it may do nothing with them but hand them
    to lookups. Reading an empty list gives nothing, without a statement.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._plans: dict[tuple[object, ...], _Plan] = {}

    def all(self, **values: Value) -> list[M]:
        """The rows, one statement."""
        named = {name: value if isinstance(value, int | str) else sorted(value) for name, value in values.items()}
        if any(value == [] for value in named.values()):
            return []
        connection = _connection()
        shape = (connection.vendor, *(len(one) if isinstance(one, list) else type(one) for one in named.values()))
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._plans[shape] = self._planned(named)
        if plan.is_locking and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked within a transaction only")
        return list(plan.objects(named, connection))

    def first(self, **values: Value) -> M | None:
        """The first row; the queryset is expected to find one at most, or to be cut to one."""
        return next(iter(self.all(**values)), None)

    def _planned(self, named: dict[str, Any]) -> "_Plan":
        marks: dict[object, tuple[str, int | None]] = {}

        def mark(name: str, index: int | None, value: object) -> object:
            made = f"\ue000{name} {index}\ue001" if isinstance(value, str) else FIRST_MARK + len(marks)
            marks[made] = (name, index)
            return made

        asked = {
            name: [mark(name, index, one) for index, one in enumerate(value)]
            if isinstance(value, list)
            else mark(name, None, value)
            for name, value in named.items()
        }
        return _Plan(self._build(**asked), marks)


class _Plan:
    """A compiled queryset, where each value goes, and how a row becomes an object."""

    def __init__(self, rows: QuerySet[Any], marks: dict[object, tuple[str, int | None]]) -> None:
        query: Any = rows.query
        fetching: Any = rows._fetch_mode  # type: ignore[attr-defined]  # newer than the stubs
        if rows._known_related_objects or fetching.track_peers:  # type: ignore[attr-defined]
            raise TypeError("a prepared queryset starts from its model, and its objects know nothing of each other")
        self.is_locking: bool = query.select_for_update
        self.compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, params = self.compiler.as_sql()
        self.params = [(marks.get(one), one) for one in params]
        if {place for place, _one in self.params if place} != set(marks.values()):
            raise TypeError("a prepared value did not reach the statement as it was given")
        select, klass_info = self.compiler.select, self.compiler.klass_info
        self.converters = self.compiler.get_converters([one[0] for one in select])
        self.shape = Shape(klass_info, select, fetching)
        self.told: list[tuple[str, int]] = list((self.compiler.annotation_col_map or {}).items())

    def objects(self, named: dict[str, Any], connection: Any) -> Iterator[Any]:
        """One statement, and what it found."""
        params = [_value(named, place) if place else one for place, one in self.params]
        rows: Iterable[Any] = _run(connection, self.sql, params, is_told=True)
        if self.converters:
            rows = self.compiler.apply_converters(([*row] for row in rows), self.converters)
        for row in rows:
            found = self.shape.made(row)
            for name, column in self.told:
                setattr(found, name, row[column])
            yield found


def _value(named: dict[str, Any], place: tuple[str, int | None]) -> object:
    name, index = place
    return named[name] if index is None else named[name][index]


_inserts: dict[tuple[object, ...], tuple[str, list[tuple[Any, Kinds]], list[Any]]] = {}
# What such a column stores as it is. Anything else, an enumeration or a default of the database, is prepared; so are
# numbers, which tell PostgreSQL how wide they are: a statement is planned for each width.
_TEXT, _NUMBER, _YES_NO = frozenset({str, type(None)}), frozenset({int, type(None)}), frozenset({bool, type(None)})
_AS_IT_IS: dict[type, Kinds] = {
    models.CharField: _TEXT, models.TextField: _TEXT, models.BooleanField: _YES_NO, models.ForeignKey: _NUMBER,
}  # fmt: skip


def insert(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """These new rows of one model are stored by one statement, with the ids and values the database gave them.

    As `bulk_create`, for a few rows: no signal, no batch. With `ignore_conflicts`, those already there are left alone,
    and no id is given back.
    """
    if not rows:
        return
    connection, model = _connection(), type(rows[0])
    row: Any
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="insert")
    key = (connection.vendor, model, len(rows), ignore_conflicts)
    if key not in _inserts:
        _inserts[key] = _compiled(rows, OnConflict.IGNORE if ignore_conflicts else None)
    sql, fields, returned = _inserts[key]
    each = [[_stored(row, one, kinds, connection) for one, kinds in fields] for row in rows]
    # Several rows go to PostgreSQL as one array for each column.
    params = [[*column] for column in zip(*each, strict=True)] if "UNNEST(" in sql else list(chain.from_iterable(each))
    answers = _run(connection, sql, params, is_told=bool(returned)) or [()] * len(rows)
    for row, answer in zip(rows, answers, strict=True):
        for field, value in zip(returned, answer, strict=True):
            setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _stored(row: Model, field: Any, kinds: Kinds, connection: Any) -> object:
    value = getattr(row, field.attname)
    return value if type(value) in kinds else field.get_db_prep_save(field.pre_save(row, add=True), connection)


def update(row: Model, names: Iterable[str]) -> None:
    """These columns of one stored row are as it has them now, as by `save(update_fields=…)`; no signal."""
    connection, meta = _connection(), row._meta
    key: Any = meta.pk
    fields: list[Any] = [meta.get_field(name) for name in sorted(names)]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(one.column)} = %s" for one in fields)
    params = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    names_only = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(key.column)} = %s"  # noqa: S608
    _run(connection, names_only, [*params, row.pk])


def delete[M: Model](model: type[M], **where: int) -> None:
    """The rows whose column holds that number are gone. Of models that nothing points to: nothing else is looked at."""
    meta: Any = model._meta
    if any(one.auto_created and not one.concrete for one in meta.get_fields(include_hidden=True)):
        raise TypeError("others point to these rows: let the ORM delete them")
    connection = _connection()
    quote = connection.ops.quote_name
    chosen = " AND ".join(f"{quote(meta.get_field(name).column)} = %s" for name in where)
    _run(connection, f"DELETE FROM {quote(meta.db_table)} WHERE {chosen}", [*where.values()])  # noqa: S608  # names


def _compiled(rows: Sequence[Model], on_conflict: OnConflict | None) -> tuple[str, list[tuple[Any, Kinds]], list[Any]]:
    meta = type(rows[0])._meta
    fields: list[Any] = [one for one in meta.concrete_fields if not one.primary_key and not one.generated]
    query = InsertQuery(type(rows[0]), on_conflict=on_conflict)
    query.insert_values(fields, list(rows))
    compiler: Any = query.get_compiler(using=DEFAULT_DB_ALIAS)
    compiler.returning_fields = [] if on_conflict else list(meta.db_returning_fields)
    ((sql, _params),) = compiler.as_sql()
    return sql, [(one, _AS_IT_IS.get(type(one), frozenset())) for one in fields], compiler.returning_fields
