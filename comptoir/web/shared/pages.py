"""The shared pages that are not about anything: the organisation's colours and its logo."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comptoir.base.colour import DEFAULT
from comptoir.web.shared.theme import theme_css


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The organisation's stylesheet. Its address carries the colour (`base.html`), so it may be kept for long."""
    colour = getattr(getattr(request, "organisation", None), "colour", DEFAULT)
    response = HttpResponse(theme_css(colour), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


@require_safe
def logo(request: HttpRequest) -> FileResponse:
    """The organisation's logo, a picture checked when it came. Its address carries its digest (`context.shell`)."""
    here: Any = request
    name = here.organisation.logo
    if not name or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), filename=name.rpartition("/")[2])
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response
