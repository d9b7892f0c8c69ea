"""Members whose dues of a year are missing: those the rounds remind, and the desk's list."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from comptoir.members.access import CHECKED
from comptoir.members.models import Dues, DuesReminder, Member
from comptoir.members.queries import MOST_COUNTED, VALIDATION_ORDER
from comptoir.members.renewal import QUIET, Wave
from comptoir.members.states import MemberState
from comptoir.organisations.actors import Actor


def owing(organisation_id: int, *, year: int) -> QuerySet[Member]:
    """Validated members, without the dues of that year. One who was erased, or refused, is validated no more."""
    paid = Dues.objects.filter(member=OuterRef("pk"), year=year)
    return Member.objects.filter(~Exists(paid), organisation_id=organisation_id, state=MemberState.VALIDATED)


def to_remind(organisation_id: int, wave: Wave, *, at: datetime) -> QuerySet[Member]:
    """Those of them this reminder is still for: reached at a proved address, their account open, neither let in nor
    reminded within the week, and not reminded by this very reminder.
    """
    rows = owing(organisation_id, year=wave.year).filter(CHECKED, user__is_active=True)
    told = DuesReminder.objects.filter(member=OuterRef("pk"), year=wave.year)
    already = told.filter(Q(kind=wave.kind) | Q(sent_at__gt=at - QUIET))
    return rows.filter(Q(decided_at=None) | Q(decided_at__lte=at - QUIET), ~Exists(already))


def renewals(*, seen_by: Actor, year: int) -> QuerySet[Any]:
    """The desk's list, by name: each with `last_year` paid and `reminded_at` for that year (None: never)."""
    told = DuesReminder.objects.filter(member=OuterRef("pk"), year=year).order_by("-sent_at")
    last = Dues.objects.filter(member=OuterRef("pk")).order_by().values("member").annotate(last=Max("year"))
    rows: QuerySet[Any] = _seen(seen_by, year).annotate(
        last_year=Subquery(last.values("last")[:1]), reminded_at=Subquery(told.values("sent_at")[:1])
    )
    return rows.select_related("user").order_by(*VALIDATION_ORDER)


def renewal_count(*, seen_by: Actor, year: int) -> int:
    """How many `renewals` holds."""
    return _seen(seen_by, year).count()


def some_renewals(*, seen_by: Actor, year: int) -> int:
    """The same, 500 at most: a number beside a button."""
    return _seen(seen_by, year)[:MOST_COUNTED].count()


def reminders(member_id: int) -> QuerySet[DuesReminder]:
    """The reminders of one member, newest first. For a member the caller has read."""
    return DuesReminder.objects.filter(member_id=member_id).order_by("-sent_at", "-pk")


def _seen(seen_by: Actor, year: int) -> QuerySet[Member]:
    rows = owing(seen_by.organisation_id, year=year)
    return rows if seen_by.is_administrator else rows.none()
