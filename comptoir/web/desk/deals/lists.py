"""The pipeline as a list: won and lost too, sorted and cut as the address says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.deals import queries
from comptoir.web.desk.deals.doors import seller
from comptoir.web.desk.deals.filters import ListFilter
from comptoir.web.desk.deals.tables import DealTable
from comptoir.web.shared.lists import chips, configured


@require_safe
@seller
def deals(request: HttpRequest) -> HttpResponse:
    """A page of deals with the totals of all that the filters keep."""
    here: Any = request
    found = ListFilter(request.GET, queryset=queries.deals(seen_by=here.actor), request=request)
    table = configured(request, DealTable(found.qs))
    table.nothing_text = _nothing(request)
    totals = queries.totals(found.qs)
    context = {
        "table": table,
        "amount": sum(one.amount_cents for one in totals),
        "weighted": sum(one.weighted_cents for one in totals),
        "form": found.form,
        "chips": chips(request, found.form),
    }
    return render(request, "desk/deals/list.html", context)


def _nothing(request: HttpRequest) -> str:
    if request.GET:
        return _("Rien ne correspond\u00a0: retirez un filtre.")
    return _(
        "Les demandes que l’assistant ne met pas en session arrivent ici\u202f; vous pouvez aussi ouvrir un dossier."
    )
