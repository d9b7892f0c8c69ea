"""What visitors are shown: sessions on sale, and beside them those that open later or have closed."""

from datetime import date, datetime
from enum import Enum

from django.db.models import Prefetch, Q, QuerySet

from comptoir.catalogue import offers, sale
from comptoir.catalogue.models import Activity, SeatType, Session, Slot, Terms
from comptoir.catalogue.states import SessionKind, SessionState


class OnShow(Enum):
    """Where a session that is shown stands."""

    ON_SALE = "on_sale"
    OPENS_LATER = "opens_later"
    CLOSED = "closed"


def sessions_shown(*, organisation_id: int, at: datetime) -> QuerySet[Session]:
    """Published INTER sessions that have not begun, open or closed, soonest first; rates and slots at hand."""
    found = Session.objects.filter(
        sale.has_not_begun(at),
        organisation_id=organisation_id,
        kind=SessionKind.INTER,
        state__in=(SessionState.OPEN, SessionState.CLOSED),
        is_published=True,
        activity__is_published=True,
    )
    return _with_details(found)


def sessions_on_sale(
    *,
    organisation_id: int,
    at: datetime,
    text: str = "",
    theme: str = "",
    city: str = "",
    activity: str = "",
    month: date | None = None,
    remote: bool | None = None,
) -> QuerySet[Session]:
    """The sessions on sale that fit the filters of the catalogue: what the feeds hold. `activity` is a slug."""
    found = sale.on_sale(organisation_id=organisation_id, at=at)
    if activity:
        found = found.filter(activity__slug=activity)
    return _with_details(offers.fitting(found, text=text, theme=theme, city=city, month=month, remote=remote))


def on_show(session: Session, *, at: datetime) -> OnShow:
    """Whether one can sign up to a session shown, or when."""
    if session.state == SessionState.CLOSED or (session.closes_at and session.closes_at <= at):
        return OnShow.CLOSED
    return OnShow.OPENS_LATER if session.opens_at and session.opens_at > at else OnShow.ON_SALE


def slug_of(session_id: int, *, organisation_id: int) -> str:
    """The page a session is on; empty when there is none."""
    mine = Session.objects.filter(Q(activity__is_published=True), organisation_id=organisation_id, pk=session_id)
    return mine.values_list("activity__slug", flat=True).first() or ""


def activities_shown(*, organisation_id: int) -> QuerySet[Activity]:
    """Every activity that has a page, by title."""
    return Activity.objects.filter(organisation_id=organisation_id, is_published=True).order_by("title", "pk")


def terms_version(version: int, *, organisation_id: int) -> Terms | None:
    """One version of the terms of sale: what was accepted stays readable (A3)."""
    return Terms.objects.filter(organisation_id=organisation_id, version=version).first()


def _with_details(found: QuerySet[Session]) -> QuerySet[Session]:
    rates = Prefetch("seat_types", SeatType.objects.filter(is_active=True).order_by("rank", "pk"))
    slots = Prefetch("slots", Slot.objects.order_by("starts_at"))
    return (
        offers.priced(found)
        .select_related("activity__theme")
        .prefetch_related(rates, slots)
        .order_by("starts_on", "pk")
    )
