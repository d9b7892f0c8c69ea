"""What search engines and other sites fetch: the script of the embed line, the site map, robots.txt."""

from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.urls import get_script_prefix
from django.utils.html import escape
from django.views.decorators.http import require_safe

from comptoir.catalogue import showcase
from comptoir.web.public.addresses import absolute
from comptoir.web.public.feeds import open_to_all
from comptoir.web.public.pages import cacheable
from comptoir.web.shared.doors import public

PRIVATE = ("panier/", "espace/", "compte/", "bureau/", "api/", "entree/")


@require_safe
@public
def embed(request: Any) -> HttpResponse:
    """`embed.js`: one line in another site's page shows the sessions there, in a shadow root, without a cookie."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer = open_to_all(cacheable(request, response))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@cache
def _script() -> str:
    return (Path(__file__).parent / "embed.js").read_text(encoding="utf-8")


@require_safe
@public
def sitemap(request: Any) -> HttpResponse:
    """The catalogue and the page of each activity."""
    organisation = request.organisation
    shown = showcase.activities_shown(organisation_id=organisation.pk).values_list("slug", flat=True)
    pages = [absolute(organisation, "catalogue"), *(absolute(organisation, "activity", slug=slug) for slug in shown)]
    places = "".join(f"<url><loc>{escape(page)}</loc></url>" for page in pages)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    return cacheable(request, HttpResponse(text, content_type="application/xml; charset=utf-8"))


@require_safe
@public
def robots(request: Any) -> HttpResponse:
    """What is not for search engines, and where the site map is."""
    shut = "".join(f"Disallow: {get_script_prefix()}{path}\n" for path in PRIVATE)
    text = f"User-agent: *\n{shut}\nSitemap: {absolute(request.organisation, 'sitemap')}\n"
    return cacheable(request, HttpResponse(text, content_type="text/plain; charset=utf-8"))
