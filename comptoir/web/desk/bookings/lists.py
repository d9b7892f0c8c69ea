"""The registrations of one's perimeter: searched, paged without end, ticked (C1–C3, C6)."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.bookings import queries
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.search import SearchForm
from comptoir.web.shared import keyset
from comptoir.web.shared.lists import chips


@require_safe
@reader
def registrations(request: HttpRequest) -> HttpResponse:
    """A page of what the address asks for."""
    here: Any = request
    form = SearchForm(request.GET, actor=here.actor)
    search = form.search()
    count, by_name = queries.count(seen_by=here.actor, search=search), request.GET.get("sort") == "name"
    rows, order = queries.listed(seen_by=here.actor, search=search, found=count, by_name=by_name)
    most = None if search.is_counted else queries.MOST_COUNTED
    read = partial(queries.numbered, seen_by=here.actor)
    page = keyset.page(request, rows, keyset.Order(order), count=count, most=most, read=read)
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "sort": "name" if by_name else "",
        "levels": [one for one in form.levels if one.is_active],
        "saved": queries.saved_searches(seen_by=here.actor),
        "nothing": _nothing(request),
    }
    return render(request, "desk/bookings/registrations.html", context)


def _nothing(request: HttpRequest) -> str:
    if request.GET:
        return _("Rien ne correspond\u00a0: retirez un filtre.")
    return _("Les demandes que l’assistant met en session arrivent ici, comme les dossiers gagnés.")
