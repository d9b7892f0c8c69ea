"""The dates of a session as they are told to a client: kept as they were, compared, said in words."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.catalogue.models import Session
from comptoir.catalogue.zones import label

Kept = list[list[str]]


def kept(session: Session) -> Kept:
    """Its slots, to be kept: moments in UTC, and the place of each where it has one of its own."""
    rows = session.slots.order_by("starts_at").values_list("starts_at", "ends_at", "place")
    return [[start.isoformat(), end.isoformat(), place] for start, end, place in rows]


def moments(schedule: Kept) -> list[tuple[datetime, datetime]]:
    """The slots as moments, in order."""
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end, _place in schedule]


def first_and_last(schedule: Kept, zone: str) -> tuple[date, date]:
    """Its first and last days, as lived there."""
    told, there = moments(schedule), ZoneInfo(zone)
    return told[0][0].astimezone(there).date(), max(end for _start, end in told).astimezone(there).date()


def days(schedule: Kept, zone: str) -> str:
    """Day by day, hours on the wall of the place, a line a day."""
    return "\n".join(_lines(moments(schedule), zone))


def changes(before: Kept, after: Kept, *, places: tuple[str, str], zone: str) -> str:
    """What is no longer planned, what is instead, where it moved; empty when nothing differs (D11)."""
    old, new = moments(before), moments(after)
    said = []
    if gone := [one for one in old if one not in new]:
        said += [_("Ne sont plus prévus"), *_lines(gone, zone)]
    if come := [one for one in new if one not in old]:
        said += [_("Sont prévus à la place") if gone else _("Sont prévus en plus"), *_lines(come, zone)]
    if places[0] != places[1]:
        said += [_("Le lieu change"), _("– avant\u00a0: %(place)s") % {"place": places[0]}]
        said += [_("– désormais\u00a0: %(place)s") % {"place": places[1]}]
    return "\n".join(said)


def deadline(at: datetime, zone: str, *, home: str) -> str:
    """« lundi 30 novembre 2026 à 18 h », where the session is held, which is named where it is not the reader's."""
    with timezone.override(ZoneInfo(zone)):
        said = words.moment(at)
    return said if zone == home else _("%(moment)s (heure de %(place)s)") % {"moment": said, "place": label(zone)}


def _lines(slots: Sequence[tuple[datetime, datetime]], zone: str) -> list[str]:
    there = ZoneInfo(zone)
    local = [(start.astimezone(there), end.astimezone(there)) for start, end in slots]
    return [
        f"– {words.day(day)}, " + ", ".join(words.hours(start.time(), end.time()) for start, end in some)
        for day, some in groupby(local, lambda one: one[0].date())
    ]
