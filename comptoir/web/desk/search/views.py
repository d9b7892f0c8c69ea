"""The one box: a reference leads straight to its page, anything else to what it finds, by kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comptoir.web.desk.search import found
from comptoir.web.shared.doors import desk

LONGEST = 200


@require_safe
@desk
def search(request: HttpRequest) -> HttpResponse:
    """Within the perimeter of whoever asks."""
    here: Any = request
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    is_enough = len(text) >= found.FEWEST_LETTERS
    groups = found.find(text, seen_by=here.actor, list_query=urlencode({"text": text})) if is_enough else []
    if page := found.only_called(text, groups):
        return redirect(page)
    context = {"text": text, "groups": groups, "is_enough": is_enough}
    return render(request, "desk/search/search.html", context)
