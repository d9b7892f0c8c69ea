"""The registrations of one's perimeter: searched, paged without end, ticked (C1–C3, C6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.bookings import queries
from comptoir.organisations import queries as organisations
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.search import SORTS, SearchForm
from comptoir.web.shared import keyset
from comptoir.web.shared.lists import chips


@require_safe
@reader
def registrations(request: HttpRequest) -> HttpResponse:
    """A page of what the address asks for."""
    here: Any = request
    form = SearchForm(request.GET, actor=here.actor)
    search = form.search()
    rows = queries.registrations(seen_by=here.actor, search=search)
    sort = request.GET.get("sort", "")
    page = keyset.page(
        request, rows, keyset.Order(SORTS.get(sort, SORTS[""])),
        count=queries.count(seen_by=here.actor, search=search),
        most=None if search.is_counted else queries.MOST_COUNTED,
    )  # fmt: skip
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "sort": sort if sort in SORTS else "",
        "levels": [one for one in organisations.levels(seen_by=here.actor) if one.is_active],
        "saved": queries.saved_searches(seen_by=here.actor),
        "nothing": _nothing(request),
    }
    return render(request, "desk/bookings/registrations.html", context)


def _nothing(request: HttpRequest) -> str:
    if request.GET:
        return _("Rien ne correspond\u00a0: retirez un filtre.")
    return _("Les demandes que l’assistant met en session arrivent ici, comme les dossiers gagnés.")
