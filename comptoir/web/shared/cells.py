"""The cells of a table of django-tables2: what each column asks for is looked up once for the table, not in each cell.

The library looks up the field, the signature, the link and the attributes of every cell anew, which takes longer than
to draw it. What is drawn is the same, but for cells whose attributes depend on the row: none of ours do.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django_tables2.columns import ManyToManyColumn
from django_tables2.columns.linkcolumn import BaseLinkColumn


def drawn(row: Any) -> SafeString:
    """The cells of one row of a table, as HTML."""
    kept = row.table.__dict__.setdefault("_cells", {})
    kind = type(row.record)
    if kind not in kept:
        kept[kind] = [_Cell(column, row.record) for column in row.table.columns]
    return mark_safe("".join(_told(kept[kind], row)))  # noqa: S308  # each part is escaped, or says that it is


def _told(cells: list["_Cell"], row: Any) -> Iterator[str]:
    for cell in cells:
        value = cell.of(row)
        yield cell.head
        yield value if type(value) is SafeString else conditional_escape(localize(value))
        yield "</td>"


class _Cell:
    """One column, for records of one class."""

    def __init__(self, bound: Any, record: Any) -> None:
        self.bound, self.column, self.link = bound, bound.column, bound.link
        self.path = _path(bound.accessor, record)
        self.is_plain = not isinstance(record, Mapping) and not isinstance(
            bound.column, BaseLinkColumn | ManyToManyColumn
        )
        function = getattr(bound.render, "__func__", bound.render)
        self.names, self.takes_all = _asked(function, inspect.ismethod(bound.render))
        label = strip_tags(str(bound.verbose_name))
        self.head = format_html('<td data-label="{}" {}>', label, bound.attrs["td"].as_html())

    def of(self, row: Any) -> Any:
        """What the library's own `get_cell` gives."""
        if not self.is_plain:
            return row.get_cell(self.bound.name)
        value = self._value(row.record)
        if value in self.column.empty_values:
            return self.bound.default
        given = {
            "value": value, "record": row.record, "column": self.column, "bound_column": self.bound, "bound_row": row,
            "table": row.table,
        }  # fmt: skip
        content = self.bound.render(**(given if self.takes_all else {name: given[name] for name in self.names}))
        return self.link(content, **given) if self.link else content

    def _value(self, record: Any) -> Any:
        """What the accessor leads to; None where the way ends, as for the library."""
        found = record
        try:
            for name in self.path:
                found = getattr(found, name)
                if callable(found):
                    found = found()
                if found is None:
                    break
        except (AttributeError, ObjectDoesNotExist):
            return None
        return found


def _path(accessor: Any, record: Any) -> tuple[str, ...]:
    """The attributes to follow; the last is « get_FOO_display » where it leads to a field with choices."""
    bits: tuple[str, ...] = tuple(accessor.bits)
    try:
        field = accessor.get_field(record)
    except FieldDoesNotExist:
        return bits
    shown = f"get_{bits[-1]}_display" if bits else ""
    return (*bits[:-1], shown) if getattr(field, "choices", ()) and hasattr(field.model, shown) else bits


@cache
def _asked(function: Callable[..., Any], is_method: bool) -> tuple[tuple[str, ...], bool]:
    """The parameters a column's `render` names, and whether it takes all there is."""
    known = [*inspect.signature(function).parameters.values()][1 if is_method else 0 :]
    takes_all = any(one.kind == one.VAR_KEYWORD for one in known)
    return tuple(one.name for one in known if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)), takes_all
