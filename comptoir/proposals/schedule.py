"""The dates of a session as they are told to a client: kept as they were, compared, said in words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.bookings.meeting import lines
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.zones import label

Kept = list[list[str]]


class Sitting(NamedTuple):
    """One of them: moments in UTC, its own room and its own link, each '' where the session's holds."""

    start: datetime
    end: datetime
    place: str = ""
    remote_url: str = ""


def kept(session: Session) -> Kept:
    """Its slots, to be kept: moments in UTC, and the place and the link of each where it has its own."""
    rows = session.slots.order_by("starts_at").values_list("starts_at", "ends_at", "place", "remote_url")
    return [[start.isoformat(), end.isoformat(), place, url] for start, end, place, url in rows]


def sittings(schedule: Kept) -> list[Sitting]:
    """What was kept, in order."""
    return [Sitting(datetime.fromisoformat(start), datetime.fromisoformat(end), *own) for start, end, *own in schedule]


def first_and_last(schedule: Kept, zone: str) -> tuple[date, date]:
    """Its first and last days, as lived there."""
    told, there = sittings(schedule), ZoneInfo(zone)
    return told[0].start.astimezone(there).date(), max(one.end for one in told).astimezone(there).date()


def days(schedule: Kept, zone: str) -> str:
    """Day by day, hours on the wall of the place, a line a day."""
    return "\n".join(lines(as_lived(sittings(schedule), zone)))


def as_lived(told: Iterable[Sitting], zone: str) -> list[SlotTimes]:
    """The same as people say them there."""
    there = ZoneInfo(zone)
    local = ((one.start.astimezone(there), one.end.astimezone(there), one) for one in told)
    return [SlotTimes(start.date(), start.time(), end.time(), one.place, one.remote_url) for start, end, one in local]


def changes(before: Kept, after: Kept, *, places: tuple[str, str], zone: str) -> str:
    """What is no longer planned, what is instead, where it moved; empty when nothing differs (D11)."""
    old, new = sittings(before), sittings(after)
    said = []
    if gone := [one for one in old if one not in new]:
        said += [_("Ne sont plus prévus"), *lines(as_lived(gone, zone))]
    if come := [one for one in new if one not in old]:
        said += [_("Sont prévus à la place") if gone else _("Sont prévus en plus"), *lines(as_lived(come, zone))]
    if places[0] != places[1]:
        said += [_("Le lieu change"), _("– avant\u00a0: %(place)s") % {"place": places[0]}]
        said += [_("– désormais\u00a0: %(place)s") % {"place": places[1]}]
    return "\n".join(said)


def deadline(at: datetime, zone: str, *, home: str) -> str:
    """« lundi 30 novembre 2026 à 18 h », where the session is held, which is named where it is not the reader's."""
    with timezone.override(ZoneInfo(zone)):
        said = words.moment(at)
    return said if zone == home else _("%(moment)s (heure de %(place)s)") % {"moment": said, "place": label(zone)}
