"""Where the code of a booking leads: staff to its check-in; anybody else is told what the code is for.

The page is the same for any reference, so it says nothing of any booking.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from comptoir.organisations import queries
from comptoir.web.public.pages import shown
from comptoir.web.shared.doors import public


@require_safe
@public
def door(request: HttpRequest, reference: str) -> HttpResponse:
    """To the desk, which has its own perimeter, for whoever works here and is signed in."""
    here: Any = request
    if here.user.is_authenticated and queries.actor_of(here.user.pk, organisation_id=here.organisation.pk):
        return redirect("desk:check-in-booking", reference)
    return shown(request, "counter/door.html", {"reference": reference})
