"""« État confirmation », word for word (D8). Dates and hours are those of the session's place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base import words


def accepted(at: datetime, zone: str) -> str:
    """The client said yes."""
    return _("Date(s) acceptée(s) le %(day)s") % {"day": _day(at, zone)}


def declined(at: datetime, zone: str) -> str:
    """The client said no."""
    return _("Date(s) déclinée(s) le %(day)s") % {"day": _day(at, zone)}


def awaited(sent_at: datetime, deadline_at: datetime, zone: str) -> str:
    """No answer yet."""
    told = {"sent": _day(sent_at, zone), "deadline": _moment(deadline_at, zone)}
    return _("Date(s) en attente de confirmation - Envoyé le %(sent)s - (échéance %(deadline)s)") % told


def validated() -> str:
    """Somebody here confirmed for the client (D10)."""
    return _("Date(s) validée(s) manuellement")


def _day(at: datetime, zone: str) -> str:
    with timezone.override(ZoneInfo(zone)):
        return words.day_full(at)


def _moment(at: datetime, zone: str) -> str:
    with timezone.override(ZoneInfo(zone)):
        return _("%(day)s à %(hour)s") % {"day": words.day_full(at), "hour": words.hour(at)}
