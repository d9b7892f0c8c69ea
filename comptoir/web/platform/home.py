"""« / »: the platform's first page. It says where to sign in; in the demo, which organisations there are."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.organisations import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Neutral: outside the demo nobody learns who is served here."""
    rows = queries.all_active() if settings.DEMO else []
    return render(request, "platform/home.html", {"rows": rows, "is_demo": settings.DEMO})
