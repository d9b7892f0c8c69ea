"""Searches kept by a person: kept from the list, forgotten there too."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.base.errors import attempt
from comptoir.bookings.commands import searches
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.search import SearchForm


@require_POST
@reader
def keep(request: HttpRequest) -> HttpResponse:
    """The search of the page is kept under the name given; only what the form knows of it."""
    here: Any = request
    asked = QueryDict(request.POST.get("search", ""))
    known = QueryDict(mutable=True)
    for name in (*SearchForm.base_fields, "sort"):
        if asked.get(name):
            known[name] = asked[name]
    query = known.urlencode()
    refusal = attempt(searches.keep_search, name=request.POST.get("name", ""), query=query, by=here.actor)
    if refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("La recherche est gardée."))
    return redirect(f"{reverse('desk:bookings')}?{query}")


@require_POST
@reader
def forget(request: HttpRequest, search_id: int) -> HttpResponse:
    """One's own search is forgotten."""
    here: Any = request
    searches.forget_search(search_id=search_id, by=here.actor)
    return redirect("desk:bookings")
