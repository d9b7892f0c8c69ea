"""Which activities are public courses, and the earlier sign-up of a person to the same type."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from comptoir.base.prepared import Prepared
from comptoir.base.text import email_key, folded
from comptoir.bookings.models import Registration
from comptoir.bookings.states import LIVE, SeatOrder
from comptoir.catalogue.models import Session
from comptoir.courses.models import PublicCourse, Replacement


def public_course(activity_id: int) -> PublicCourse | None:
    """What type of public course this activity is of; None when it is none."""
    return PublicCourse.objects.filter(activity_id=activity_id).first()


def seat_order_of(activity_id: int) -> SeatOrder:
    """How the seats of this activity are given to its next sign-ups; by arrival where it is no public course."""
    found = PublicCourse.objects.filter(activity_id=activity_id).values_list("seat_order", flat=True).first()
    return SeatOrder(found or SeatOrder.ARRIVAL)


def seat_order_among(activity_id: int, cents: Iterable[int]) -> SeatOrder:
    """The same, for what costs one of these: where one of them is to be paid, its payment is waited for."""
    return seat_order_of(activity_id).of(max(cents, default=0))


def course_reference(session_id: int, *, organisation_id: int) -> str:
    """The reference of that session when it is one of a public course; empty when it is not."""
    found = _PUBLIC_SESSION.first(organisation=organisation_id, session=session_id)
    return found.reference if found else ""


def public_among(activity_ids: Collection[int]) -> frozenset[int]:
    """Those of these activities that are public courses."""
    return frozenset(one.activity_id for one in _OF_ACTIVITIES.all(activities=set(activity_ids)))


_PUBLIC_SESSION: Prepared[Session] = Prepared(
    lambda organisation, session: Session.objects.filter(
        pk=session, organisation=organisation, activity__public_course__isnull=False
    )
)
_OF_ACTIVITIES: Prepared[PublicCourse] = Prepared(
    lambda activities: PublicCourse.objects.filter(activity__in=activities)
)


def earlier_of(
    course: PublicCourse, first_name: str, last_name: str, email: str, *, at: datetime
) -> list[Registration]:
    """The sign-ups of that person to that type, not over yet, newest first.

    One person is one name in one mailbox: a family shares a mailbox, and two people of one name have two (ADR 0030).
    """
    same_type = PublicCourse.objects.filter(organisation=course.organisation_id, key=course.key)
    today = at.astimezone(ZoneInfo("Europe/Paris")).date()
    found = Registration.objects.filter(
        organisation=course.organisation_id, session__activity__in=same_type.values("activity"),
        session__ends_on__gte=today, state__in=LIVE, email__iexact=email_key(email),
    )  # fmt: skip
    named = _name_key(first_name, last_name)
    rows = found.select_related("session__activity", "booking__organisation").order_by("-pk")
    return [row for row in rows if _name_key(row.first_name, row.last_name) == named]


def replacement(token: str, *, organisation_id: int, at: datetime) -> Replacement | None:
    """What this link asks; None once it has served, has ended, or when nobody was ever given it. Changes nothing."""
    found = Replacement.objects.filter(organisation=organisation_id, digest=digest_of(token), expires_at__gt=at)
    return found.select_related("session__activity", "earlier__session__activity", "earlier__booking").first()


def digest_of(token: str) -> str:
    """What the table holds of a token: nobody who reads the table can open the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _name_key(first_name: str, last_name: str) -> str:
    return f"{folded(first_name)} {folded(last_name)}"
