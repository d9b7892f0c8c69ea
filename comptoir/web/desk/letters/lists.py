"""The messages written to those registered: one's drafts, then what was sent within one's perimeter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.letters import queries
from comptoir.mail.kinds import label_of
from comptoir.web.desk.letters.doors import writer
from comptoir.web.shared.paging import page_of


@require_safe
@writer
def letters(request: HttpRequest) -> HttpResponse:
    """A page of them."""
    here: Any = request
    page = page_of(request, queries.sent(seen_by=here.actor))
    sizes = queries.sizes(list(page), seen_by=here.actor)
    rows = [(one, label_of(one.kind), sizes[one.pk]) for one in page]
    context = {"page": page, "rows": rows, "drafts": queries.drafts(seen_by=here.actor)[:20]}
    return render(request, "desk/letters/letters.html", context)
