"""The page of the simulated card provider: no money, and every way a payment can go. Demos and tests only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from comptoir.cards.commands import simulating
from comptoir.web.public.pages import shown
from comptoir.web.shared.doors import public


@require_http_methods(["GET", "HEAD", "POST"])
@public
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """What is to be paid, and a button for each way it can go; POST presses one and goes back."""
    here: Any = request
    if request.method == "POST":
        button = request.POST.get("button", "")
        return redirect(simulating.press(ref=ref, button=button, organisation_id=here.organisation.pk, at=here.at))
    return shown(request, "counter/simulated.html", {"page": simulating.page(ref), "buttons": simulating.Press})
