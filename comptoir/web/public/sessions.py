"""One session as a visitor reads it: when, where, how much, how many seats are left, and whether one can sign up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base import words
from comptoir.base.money import Price, price
from comptoir.bookings.queries import seats_left
from comptoir.bookings.seats import SeatsLeft
from comptoir.catalogue.rules import Rules, rules_of
from comptoir.catalogue.showcase import OnShow, on_show

FEW = 3
type Hours = tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Rate:
    """One rate a participant may take; `left` None = no limit."""

    pk: int
    name: str
    price: Price
    left: int | None


@dataclass(frozen=True)
class Shown:
    """A session on the page of its activity."""

    session: Any
    state: OnShow
    left: int | None
    rates: list[Rate]
    lowest: Price
    days: list[tuple[date, Hours]]
    zone: str  # where it is held, when the hour there is not ours
    has_list: bool = False  # whether one may wait for a seat

    @cached_property
    def when(self) -> str:
        """« du 7 au 9 décembre 2026 »."""
        return words.span(self.session.starts_on, self.session.ends_on)

    @property
    def is_full(self) -> bool:
        """Whether nobody more can come, by the session's own limit or by every rate's."""
        return self.left == 0 or (bool(self.rates) and all(rate.left == 0 for rate in self.rates))

    @property
    def has_rates(self) -> bool:
        """Whether there is a rate to choose."""
        return len(self.rates) > 1

    @property
    def can_sign_up(self) -> bool:
        """Whether « Je m'inscris » is offered."""
        return self.state == OnShow.ON_SALE and not self.is_full

    @property
    def can_wait(self) -> bool:
        """Whether « Rejoindre la liste d'attente » is offered."""
        return self.state == OnShow.ON_SALE and self.is_full and self.has_list

    @property
    def opens(self) -> bool:
        """Whether one can sign up later, and not now."""
        return self.state == OnShow.OPENS_LATER

    @property
    def is_few(self) -> bool:
        """Whether it is time to decide."""
        return self.can_sign_up and self.left is not None and self.left <= FEW

    @property
    def seats(self) -> str:
        """The seats left, said as they are."""
        if self.state == OnShow.CLOSED:
            return _("Inscriptions closes")
        if self.opens:
            return _("Ouverture des inscriptions le %(when)s") % {"when": words.moment(self.session.opens_at)}
        if self.is_full:
            return _("Complet")
        if self.left is None:
            return _("Places disponibles")
        sentence = ngettext("%(left)d place restante", "%(left)d places restantes", self.left)
        return sentence % {"left": self.left}

    @property
    def hours(self) -> str:
        """« 9 h – 12 h 30 et 13 h 30 – 17 h », when every day is alike; else how many sittings."""
        different = {hours for _day, hours in self.days}
        if not different:
            return ""
        if len(different) > 1:
            return _("%(count)d séances, horaires variables") % {"count": len(self.days)}
        (only,) = different
        text = _(" et ").join(words.hours(start, end) for start, end in only)
        return f"{text} ({self.zone})" if self.zone else text

    @property
    def length(self) -> str:
        """« 2 jours »."""
        count = len(self.days) or (self.session.ends_on - self.session.starts_on).days + 1
        return ngettext("%(count)d jour", "%(count)d jours", count) % {"count": count}

    @property
    def has_gaps(self) -> bool:
        """Whether its days do not follow each other, so that they have to be listed."""
        return bool(self.days) and (self.days[-1][0] - self.days[0][0]).days + 1 > len(self.days)


def shown_sessions(sessions: Iterable[Any], *, at: datetime, home_zone: str) -> list[Shown]:
    """The sessions with their seats and rules, in five queries whatever their number."""
    found: Collection[Any] = list(sessions)
    left = seats_left([session.pk for session in found])
    rules = rules_of({session.activity_id for session in found})
    return [
        _shown(session, left[session.pk], rules[session.activity_id], at=at, home_zone=home_zone) for session in found
    ]


def _shown(session: Any, left: SeatsLeft, rules: Rules, *, at: datetime, home_zone: str) -> Shown:
    rates = [
        Rate(rate.pk, rate.name, price(rate.price_cents, session.vat_bp), left.of(rate.pk))
        for rate in session.seat_types.all()
    ]
    zone = "" if session.time_zone == home_zone else _hour_of(session.time_zone)
    lowest = price(session.from_cents, session.vat_bp)
    free = 0 if rules.is_direct and left.waiting else left.left  # what is free is first offered to who waits
    has_list = rules.is_direct and rules.has_waiting_list
    return Shown(session, on_show(session, at=at), free, rates, lowest, _days(session), zone, has_list)


def _days(session: Any) -> list[tuple[date, Hours]]:
    zone = ZoneInfo(session.time_zone)
    found: dict[date, list[tuple[time, time]]] = {}
    for slot in session.slots.all():
        start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
        found.setdefault(start.date(), []).append((start.time(), end.time()))
    return [(day, tuple(hours)) for day, hours in found.items()]


def _hour_of(zone: str) -> str:
    return _("heure locale, %(place)s") % {"place": zone.rpartition("/")[2].replace("_", " ")}
