"""`CASE x WHEN a THEN b … ELSE c END`: x is worked out once.

Django's `Case` works it out again for each `When`.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Func


class Switch(Func):
    """The result of the arm whose value the subject has, else the default; a NULL subject is none of them."""

    template, arg_joiner = "CASE %(expressions)s END", " "

    def __init__(self, subject: Any, arms: Mapping[Any, Any], *, default: Any, **extra: Any) -> None:
        """`arms`: expressions by expression; at least one."""
        super().__init__(subject, *(_Arm(value, then) for value, then in arms.items()), _Else(default), **extra)


class _Arm(Func):
    template, arg_joiner = "WHEN %(expressions)s", " THEN "


class _Else(Func):
    template = "ELSE %(expressions)s"
