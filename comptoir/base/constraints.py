"""Database constraints said once: known states, paired fields, amounts that cannot be negative."""

from django.db.models import CheckConstraint, Choices, Q


def known_state(field: str, states: type[Choices], *, name: str) -> CheckConstraint:
    """The column holds one of the states and nothing else."""
    return CheckConstraint(condition=Q(**{f"{field}__in": states.values}), name=name)


def both_or_none(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two columns are filled together or empty together (a moment and its author, say)."""
    none = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=none | both, name=name)


def not_negative(field: str, *, name: str) -> CheckConstraint:
    """An amount, a count or a capacity below zero cannot be stored."""
    return CheckConstraint(condition=Q(**{f"{field}__gte": 0}), name=name)


def percentage(field: str, *, name: str) -> CheckConstraint:
    """A whole number from 0 to 100."""
    return CheckConstraint(condition=Q(**{f"{field}__gte": 0, f"{field}__lte": 100}), name=name)
