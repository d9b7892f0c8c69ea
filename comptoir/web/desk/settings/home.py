"""The first page of the settings: its sections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.sections import sections


@require_safe
@administrator
def home(request: HttpRequest) -> HttpResponse:
    """One line a section, with what it is for."""
    return render(request, "desk/settings/home.html", {"sections": sections()})
