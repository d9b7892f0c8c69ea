"""The shared pages that are not about anything: the organisation's colours."""

from django.http import HttpRequest, HttpResponse
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
