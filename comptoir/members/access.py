"""What a member's account opens: four facts, read in one query, and what each room asks of them (E7, T60)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from comptoir.members.fields import DETAILS
from comptoir.members.models import Dues, Member
from comptoir.members.states import ASKS, MemberState, Room, Step

CHECKED = Q(checked_email=F("user__email")) & ~Q(checked_email="")
COMPLETE = ~Q(born_on=None) & Q(*((~Q((name, ""))) for name in DETAILS if name != "born_on"))
VALIDATED = Q(state=MemberState.VALIDATED)


@dataclass(frozen=True)
class Standing:
    """The four facts of one account on one day."""

    email_checked: bool
    details_complete: bool
    is_validated: bool
    dues_paid: bool

    @property
    def missing(self) -> list[Step]:
        """What is not done yet, in the order people do it."""
        facts = (self.email_checked, self.details_complete, self.is_validated, self.dues_paid)
        return [step for step, done in zip(Step, facts, strict=True) if not done]

    @property
    def has_full_access(self) -> bool:
        """Everything is done."""
        return not self.missing

    def opens(self, room: Room) -> bool:
        """Whether this account may enter the room."""
        return ASKS[room].isdisjoint(self.missing)


def with_standing(rows: QuerySet[Member], *, on: date) -> QuerySet[Any]:
    """The same members, each with its four facts: one statement for all of them.

    The dues are looked up for each row shown: asked whether they exist, PostgreSQL reads everybody's first.
    """
    return with_standing_in(rows, on.year)


def with_standing_in(rows: QuerySet[Member], year: int) -> QuerySet[Any]:
    """The same, of a year."""
    paid = Subquery(Dues.objects.filter(member=OuterRef("pk"), year=year).values("year")[:1])
    return rows.alias(year_paid=paid).annotate(
        email_checked=_fact(CHECKED),
        details_complete=_fact(COMPLETE),
        is_validated=_fact(VALIDATED),
        dues_paid=_fact(Q(year_paid__isnull=False)),
    )


def standing_of(row: Any) -> Standing:
    """The facts that `with_standing` read."""
    return Standing(row.email_checked, row.details_complete, row.is_validated, row.dues_paid)


def matrix() -> Iterator[tuple[Standing, list[Room]]]:
    """Every combination of the four facts, and the rooms it opens: what `docs/members-access.md` shows."""
    for facts in product((False, True), repeat=len(Step)):
        standing = Standing(*facts)
        yield standing, [room for room in Room if standing.opens(room)]


def _fact(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
