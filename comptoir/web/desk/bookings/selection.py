"""What was ticked, or all that the search finds (C6): the same query as the list's, within the reader's perimeter."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base import words
from comptoir.base.errors import Invalid
from comptoir.bookings import queries
from comptoir.bookings.queries import Search
from comptoir.web.desk.bookings.search import SearchForm

MOST_AT_ONCE = 500  # bookings in one act: what a person waits for; a larger search is narrowed


@dataclass(frozen=True)
class Selection:
    """Registrations chosen on the list. `fields` are what a form sends on to choose them again."""

    search: Search
    ids: tuple[int, ...]  # empty: all that the search finds
    fields: list[tuple[str, str]]
    rows: QuerySet[Any]

    @property
    def count(self) -> int:
        """How many registrations."""
        return self.rows.order_by().count()

    def booking_ids(self) -> list[int]:
        """Their bookings. Refuses: Invalid, when there are too many for one act."""
        found = self.rows.order_by().values_list("booking_id", flat=True).distinct()[: MOST_AT_ONCE + 1]
        if len(found) > MOST_AT_ONCE:
            said = _("Choisissez au plus %(n)s réservations à la fois\u00a0: affinez la recherche.")
            raise Invalid(said % {"n": words.thousands(MOST_AT_ONCE)})
        return list(found)


def selection(request: HttpRequest) -> Selection:
    """What the list's form sent. Refuses: Invalid, when nothing is ticked."""
    here: Any = request
    asked = QueryDict(request.POST.get("search", ""))
    is_all = bool(request.POST.get("all") or request.POST.get("every"))
    ids = () if is_all else tuple(int(one) for one in request.POST.getlist("ids") if one.isdecimal())[:1000]
    if not (ids or is_all):
        raise Invalid(_("Cochez au moins une inscription."))
    search = SearchForm(asked, actor=here.actor).search()
    rows = queries.registrations(seen_by=here.actor, search=Search() if ids else search)
    fields = [("ids", str(pk)) for pk in ids] or [("all", "1")]
    return Selection(search, ids, [("search", asked.urlencode()), *fields], rows.filter(pk__in=ids) if ids else rows)


def counted(count: int) -> str:
    """« 12 inscriptions »."""
    return ngettext("%(n)s inscription", "%(n)s inscriptions", count) % {"n": words.thousands(count)}
