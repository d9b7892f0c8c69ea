"""« / »: the platform's first page. It says where to sign in; in the demo, as whom, and to what."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.base.demo import PASSWORD
from comptoir.web.platform import demo


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Neutral: outside the demo nobody learns who is served here."""
    context: dict[str, Any] = {}
    if settings.DEMO:
        context = {"is_demo": True, "houses": demo.houses(), "operators": demo.operators(), "password": PASSWORD}
    return render(request, "platform/home.html", context)
