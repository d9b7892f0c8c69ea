"""Everything that shares a client's words, ranked, for who looks for its duplicates by eye (G3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.clients import alike, queries
from comptoir.web.desk.clients.doors import keeper


@require_safe
@keeper
def words(request: HttpRequest, client_id: int) -> HttpResponse:
    """The records that share its words, the most alike first."""
    here: Any = request
    row = queries.client(client_id, seen_by=here.actor)
    found = alike.sharing_words(row, seen_by=here.actor)
    return render(request, "desk/merging/words.html", {"row": row, "found": found, "most": alike.MOST})
