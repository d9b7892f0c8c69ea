"""How the columns of a row become an object: worked out once for a statement, not found out again for every row.

The ORM makes each object by the model's constructor, which sends two signals and sets one field after the other. Where
a model adds nothing to that, its columns are put in place at once; the objects are the same.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init


class Shape:
    """Which columns are whose: one model's, and those it was read together with (`select_related`)."""

    def __init__(self, klass_info: dict[str, Any], select: Sequence[Any], fetching: Any) -> None:
        places = klass_info["select_fields"]
        if klass_info.get("from_parent"):
            raise TypeError("a model that inherits another's columns is left to the ORM")
        self.first, self.end = places[0], places[-1] + 1
        self.names = [one[0].target.attname for one in select[self.first : self.end]]
        self.model, self.fetching = klass_info["model"], fetching
        self.key = self.first + self.names.index(self.model._meta.pk.attname)
        self.make = _put if is_plain(self.model) else _constructed
        self.related = [
            (Shape(one, select, fetching), one["local_setter"], one["remote_setter"])
            for one in klass_info.get("related_klass_infos", ())
        ]

    def made(self, row: Sequence[Any]) -> Any:
        """The object, with those read beside it in their places."""
        one = self.make(self, row[self.first : self.end])
        for shape, keep, keep_back in self.related:
            other = None if row[shape.key] is None else shape.made(row)
            keep(one, other)
            if other is not None:
                keep_back(other, one)
        return one


def is_plain(model: type[Model]) -> bool:
    """Whether the constructor only sets each column, as it is; asked once the application is there."""
    told = pre_init.has_listeners(model) or post_init.has_listeners(model)
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
    kept: Any = (DeferredAttribute, ForeignKeyDeferredAttribute)
    return not (told or own) and all(type(getattr(model, one.attname)) in kept for one in model._meta.concrete_fields)


def _put(shape: Shape, values: Sequence[Any]) -> Any:
    one = shape.model.__new__(shape.model)
    one._state = state = ModelState()
    state.adding, state.db, state.fetch_mode = False, DEFAULT_DB_ALIAS, shape.fetching
    vars(one).update(zip(shape.names, values, strict=True))
    return one


def _constructed(shape: Shape, values: Sequence[Any]) -> Any:
    return shape.model.from_db(DEFAULT_DB_ALIAS, shape.names, values, fetch_mode=shape.fetching)
