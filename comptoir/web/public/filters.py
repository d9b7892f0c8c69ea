"""The filters of the catalogue: read from the address, shown as chips, the same for pages and feeds (A1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comptoir.base import words

REMOTE = "distance"  # the place that is none


@dataclass(frozen=True)
class Filters:
    """What the visitor looks for; an unreadable value is no filter."""

    text: str
    theme: str
    place: str
    month: date | None

    @property
    def are_set(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.text or self.theme or self.place or self.month)

    def as_query(self) -> dict[str, Any]:
        """The keywords the catalogue's queries take."""
        remote = True if self.place == REMOTE else None
        city = "" if remote else self.place
        return {"text": self.text, "theme": self.theme, "city": city, "month": self.month, "remote": remote}


def read(request: HttpRequest) -> Filters:
    """The filters of this address: `q`, `theme`, `lieu`, `mois` (2027-01)."""
    said = request.GET
    return Filters(
        said.get("q", "").strip()[:100],
        said.get("theme", "")[:80],
        said.get("lieu", "")[:80],
        _month(said.get("mois", "")),
    )


def month_name(month: date) -> str:
    """« janvier 2027 »."""
    return date_format(month, "F Y")


def chips(filters: Filters, query: QueryDict, themes: dict[str, str]) -> list[dict[str, str]]:
    """The filters in force, each with the address that leaves it out."""
    found = [
        ("q", "", words.quoted(filters.text) if filters.text else ""),
        ("theme", _("Thème"), themes.get(filters.theme, filters.theme)),
        ("lieu", _("Lieu"), _("À distance") if filters.place == REMOTE else filters.place),
        ("mois", _("Mois"), month_name(filters.month) if filters.month else ""),
    ]
    return [{"name": name, "label": label, "without": _without(query, key)} for key, name, label in found if label]


def _without(query: QueryDict, key: str) -> str:
    kept = query.copy()
    for gone in (key, "page"):
        kept.pop(gone, None)
    return f"?{kept.urlencode()}"


def _month(text: str) -> date | None:
    year, _dash, month = text.partition("-")
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        return None
