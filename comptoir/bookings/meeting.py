"""When and where a session meets, in the words of the mails that go before it."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import groupby

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import speaking
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import as_times, times_of


def told(session: Session) -> dict[str, str]:
    """The values `session`, `dates`, `days` and `place` of a mail about this session."""
    return _told(session, times_of(session))


def in_each_language(session: Session) -> Callable[[str], dict[str, str]]:
    """The same in the language asked for, put together once in each."""

    @cache
    def in_language(language: str) -> dict[str, str]:
        with speaking(language):
            return told(session)

    return in_language


def told_of(sessions: Collection[Session]) -> dict[int, dict[str, str]]:
    """The same for many sessions, with their slots fetched ahead (`prefetch_related("slots")`)."""
    found = {}
    for one in sessions:
        slots = sorted(one.slots.all(), key=lambda slot: slot.starts_at)
        found[one.pk] = _told(one, [as_times(slot, one.time_zone) for slot in slots])
    return found


def place_of(session: Session) -> str:
    """Where one goes, or the address to open; what is said when neither is known."""
    where = session.remote_url or _("À distance") if session.is_remote else session.premises
    return where or _("Lieu à préciser")


def lines(slots: Sequence[SlotTimes]) -> list[str]:
    """A line a day, and another where sittings of one day are not at one place, or not followed alike.

    « – lundi 7 décembre 2026, 9 h – 12 h 30, Salle B », « – …, 14 h – 17 h, à distance : https://… ».
    """
    found = []
    for (day, place, url), some in groupby(slots, lambda one: (one.on, one.place, one.remote_url)):
        said = [words.day(day), *(words.hours(one.start, one.end) for one in some)]
        if place:
            said.append(place)
        if url:
            said.append(_("à distance\u00a0: %(url)s") % {"url": url})
        found.append("– " + ", ".join(said))
    return found


def where_of(session: Session, place: str, url: str) -> str:
    """Where one sitting is: its own link, else its own room at the session's address, else as the session."""
    if url:
        return url
    if not place:
        return place_of(session)
    within = () if session.is_remote else (session.address, session.city)
    return ", ".join(part for part in (place, *within) if part)


def _told(session: Session, slots: Sequence[SlotTimes]) -> dict[str, str]:
    dates = words.span(session.starts_on, session.ends_on)
    return {
        "session": f"{session.activity.title}, {dates}",
        "dates": dates,
        "days": "\n".join(lines(slots)) or f"– {dates}",
        "place": place_of(session),
    }
