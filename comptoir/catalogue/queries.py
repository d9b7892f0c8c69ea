"""Reads of the catalogue: what the public can buy, and what the desk sees, within its perimeter."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.base.prepared import Prepared
from comptoir.base.text import folded
from comptoir.catalogue import offers, planning, sale, series, zones
from comptoir.catalogue.checks import check_rule, check_timetable
from comptoir.catalogue.models import Activity, AddOn, SeatType, Session, Slot, Terms, Theme
from comptoir.catalogue.offers import Facets, Offers
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import SessionState
from comptoir.catalogue.timetable import SlotDate, Timetable
from comptoir.freshness import kept
from comptoir.organisations.actors import Actor

LONG_TEXTS = ("description", "audience", "prerequisites", "programme", "search_key")


@dataclass(frozen=True)
class ActivityPage:
    """A published activity and its sessions on sale, soonest first, with rates on offer and slots at hand."""

    activity: Activity
    sessions: QuerySet[Session]


@dataclass(frozen=True)
class SeriesDate:
    """One date a series would make: why it is left out, if it is."""

    on: date
    ends_on: date
    holiday: str
    is_holiday_skipped: bool
    is_taken: bool

    @property
    def is_made(self) -> bool:
        """Whether a session would be made that day."""
        return not (self.is_holiday_skipped or self.is_taken)


def on_sale(*, organisation_id: int, at: datetime) -> QuerySet[Session]:
    """The sessions on sale at that moment (A1), soonest first, with their activity; seats are counted a floor up."""
    found = sale.on_sale(organisation_id=organisation_id, at=at)
    return found.select_related("activity").order_by("begins_at", "pk")


def activities_on_sale(
    *,
    organisation_id: int,
    at: datetime,
    text: str = "",
    theme: str = "",
    city: str = "",
    month: date | None = None,
    remote: bool | None = None,
) -> Offers:
    """The public catalogue, soonest first, to be paged: activities with at least one fitting session on sale.

    `theme` is a slug, `month` any day of it. Each Offer tells of the fitting sessions only.
    """
    found = sale.on_sale(organisation_id=organisation_id, at=at)
    return Offers(offers.fitting(found, text=text, theme=theme, city=city, month=month, remote=remote))


def facets(*, organisation_id: int, at: datetime) -> Facets:
    """What the public catalogue can be filtered by: only values that lead to something on sale."""
    return offers.facets(sale.on_sale(organisation_id=organisation_id, at=at), organisation_id=organisation_id)


def activity_page(*, organisation_id: int, slug: str, at: datetime) -> ActivityPage:
    """The public page of an activity. Refuses: Missing when it is unknown or unpublished."""
    activity = (
        Activity.objects.filter(organisation_id=organisation_id, slug=slug, is_published=True)
        .select_related("theme")
        .first()
    )
    if activity is None:
        raise Missing(_("Cette page n’existe pas, ou n’existe plus."))
    rates = Prefetch("seat_types", SeatType.objects.filter(is_active=True).order_by("rank", "pk"))
    slots = Prefetch("slots", Slot.objects.order_by("starts_at"))
    found = offers.priced(sale.on_sale(organisation_id=organisation_id, at=at).filter(activity=activity))
    return ActivityPage(activity, found.prefetch_related(rates, slots).order_by("begins_at", "pk"))


def sessions(*, seen_by: Actor, text: str = "") -> QuerySet[Session]:
    """The sessions of the reader's perimeter, by date: all of them, or those managed and of activities owned (§2)."""
    found = with_words(Session.objects.filter(_within(seen_by), organisation_id=seen_by.organisation_id), text)
    return shown(found).order_by("starts_on", "pk")


def shown(found: QuerySet[Session]) -> QuerySet[Session]:
    """The same rows, with what a list shows of them at hand."""
    known = found.select_related("activity", "owner__user", "assistant__user")
    return known.defer(*(f"activity__{name}" for name in LONG_TEXTS))


def with_words(found: QuerySet[Session], text: str) -> QuerySet[Session]:
    """Those of which every word is found in the reference, the place or the activity, however accented."""
    for word in folded(text).split():
        found = found.filter(offers.has_word(word))
    return found


def session(*, session_id: int, seen_by: Actor) -> Session:
    """One session of the perimeter, with its slots, rates, add-ons and managers. Refuses: Missing."""
    ordered = (
        Prefetch("slots", Slot.objects.order_by("starts_at")),
        Prefetch("seat_types", SeatType.objects.order_by("rank", "pk")),
        Prefetch("add_ons", AddOn.objects.order_by("rank", "pk")),
        "managers__user",
    )
    found = sessions(seen_by=seen_by).filter(pk=session_id).prefetch_related(*ordered).first()
    if found is None:
        raise Missing(_("Cette session n’existe pas."))
    return found


def to_come(found: QuerySet[Session], *, at: datetime) -> QuerySet[Session]:
    """Those that are not over: their last day is today or later."""
    return found.filter(ends_on__gte=zones.home_day(at))


def over(found: QuerySet[Session], *, at: datetime) -> QuerySet[Session]:
    """Those whose last day has passed."""
    return found.filter(ends_on__lt=zones.home_day(at))


def sessions_between(first: date, last: date, *, seen_by: Actor) -> QuerySet[Session]:
    """The sessions of the perimeter that last into these days, both included: a calendar's page."""
    return sessions(seen_by=seen_by).filter(starts_on__lte=last, ends_on__gte=first)


def with_slot_count(found: QuerySet[Session]) -> QuerySet[Session]:
    """The same rows, with `slot_count`."""
    slots = Slot.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return found.annotate(slot_count=Coalesce(Subquery(slots.annotate(n=Count("pk")).values("n")), 0))


def cities(*, seen_by: Actor) -> list[str]:
    """The cities of the perimeter's sessions, in order: what the desk's list filters by, and what a form suggests."""
    found = sessions(seen_by=seen_by).exclude(city="").order_by().values_list("city", flat=True)
    told = kept.answers(found.distinct(), organisation_id=seen_by.organisation_id)
    return sorted(told, key=folded)


def seat_type(*, seat_type_id: int, seen_by: Actor) -> SeatType:
    """One rate of a session of the perimeter. Refuses: Missing."""
    return _listed(SeatType.objects.filter(pk=seat_type_id), _("Ce tarif n’existe pas."), seen_by=seen_by)


def add_on(*, add_on_id: int, seen_by: Actor) -> AddOn:
    """One add-on of a session of the perimeter. Refuses: Missing."""
    return _listed(AddOn.objects.filter(pk=add_on_id), _("Cet extra n’existe pas."), seen_by=seen_by)


def _listed[Row: (SeatType, AddOn)](found: QuerySet[Row], otherwise: str, *, seen_by: Actor) -> Row:
    mine = sessions(seen_by=seen_by).order_by().values("pk")
    row = found.filter(session__in=mine).select_related("session__activity").first()
    if row is None:
        raise Missing(otherwise)
    return row


def activities(*, seen_by: Actor, text: str = "") -> QuerySet[Activity]:
    """The activities of the perimeter, by title whatever its accents: all, or those owned and of sessions managed."""
    found = Activity.objects.filter(organisation_id=seen_by.organisation_id)
    if not seen_by.sees_every_session:
        managed = sessions(seen_by=seen_by).order_by().values("activity_id")
        found = found.filter(_owned_by(seen_by) | Q(pk__in=managed))
    return activities_with_words(found, text).select_related("theme", "owner__user").order_by("search_key", "pk")


def activity_choices(*, seen_by: Actor) -> list[tuple[int, str]]:
    """The activities of the perimeter as a list offers them: number and title, in the order of titles."""
    rows = activities(seen_by=seen_by).values_list("pk", "title")
    return kept.answers(rows, organisation_id=seen_by.organisation_id)


def activities_with_words(found: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    """Those of which every word is found in title, promise, theme or code, however accented."""
    for word in folded(text).split():
        found = found.filter(search_key__contains=word)
    return found


def with_session_facts(found: QuerySet[Activity], *, seen_by: Actor, at: datetime) -> QuerySet[Activity]:
    """The same rows, with `session_count` and `next_on`: sessions of the perimeter to come, cancelled ones apart."""
    coming = (
        sessions(seen_by=seen_by)
        .filter(activity=OuterRef("pk"), starts_on__gte=zones.home_day(at))
        .exclude(state=SessionState.CANCELLED)
        .order_by()
        .values("activity")
    )
    return found.annotate(
        session_count=Coalesce(Subquery(coming.annotate(n=Count("pk")).values("n")), 0),
        next_on=Subquery(coming.annotate(first=Min("starts_on")).values("first")),
    )


def activity(*, activity_id: int, seen_by: Actor) -> Activity:
    """One activity of the perimeter. Refuses: Missing."""
    found = activities(seen_by=seen_by).filter(pk=activity_id).first()
    if found is None:
        raise Missing(_("Cette activité n’existe pas."))
    return found


def themes(*, seen_by: Actor) -> QuerySet[Theme]:
    """The shelves of the catalogue, by name, each with `activity_count`."""
    found = Theme.objects.filter(organisation_id=seen_by.organisation_id)
    return found.annotate(activity_count=Count("activities")).order_by("name", "pk")


def theme(*, theme_id: int, seen_by: Actor) -> Theme:
    """One theme of the organisation. Refuses: Missing."""
    found = themes(seen_by=seen_by).filter(pk=theme_id).first()
    if found is None:
        raise Missing(_("Ce thème n’existe pas."))
    return found


def series_preview(*, session_id: int, rule: Rule, seen_by: Actor) -> list[SeriesDate]:
    """What `make_series` would do, date by date; nothing is written. Refuses: Missing; Invalid as make_series."""
    model = session(session_id=session_id, seen_by=seen_by)
    check_rule(rule)
    dates = series.planned(planning.with_offsets(rule, model))
    taken = planning.dates_taken(model, [one.on for one in dates])
    lasts = model.ends_on - model.starts_on
    return [
        SeriesDate(one.on, one.on + lasts, str(one.holiday), one.is_skipped, one.on in taken and not one.is_skipped)
        for one in dates
    ]


def slots_preview(*, session_id: int, timetable: Timetable, seen_by: Actor) -> list[SlotDate]:
    """What `add_slots` would plan, date by date; nothing is written. Refuses: Missing; Invalid as add_slots."""
    found = session(session_id=session_id, seen_by=seen_by)
    check_timetable(timetable)
    return planning.slot_dates(found, timetable)


def obstacles(found: Session, *, at: datetime) -> list[str]:
    """Why this session is not on sale now, each reason with its cure; empty when it is."""
    return sale.obstacles(found, at)


def terms(*, seen_by: Actor) -> QuerySet[Terms]:
    """Every version of the terms of sale, newest first."""
    return Terms.objects.filter(organisation_id=seen_by.organisation_id).order_by("-version")


_TERMS: Prepared[Terms] = Prepared(
    lambda organisation: Terms.objects.filter(organisation_id=organisation).order_by("-version")[:1]
)


def current_terms(organisation_id: int) -> Terms | None:
    """The version in force; None when the organisation has published none."""
    return _TERMS.first(organisation=organisation_id)


def _within(seen_by: Actor) -> Q:
    if seen_by.sees_every_session:
        return Q()
    if seen_by.staff_id is None:  # a visitor or a token: NULL would match every activity that has no owner
        return Q(pk__in=[])
    managed = Session.managers.through._default_manager.filter(staff_id=seen_by.staff_id).values("session_id")
    return Q(pk__in=managed) | _owned_by(seen_by, "activity__")


def _owned_by(seen_by: Actor, prefix: str = "") -> Q:
    return Q(**{f"{prefix}owner_id": seen_by.staff_id}) if seen_by.staff_id else Q(pk__in=[])
