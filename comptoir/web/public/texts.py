"""The texts of the organisation: terms of sale, version by version, and its legal notice."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from comptoir.catalogue import queries, showcase
from comptoir.web.public.pages import cacheable, shown
from comptoir.web.public.prose import blocks
from comptoir.web.shared.doors import public


@require_safe
@public
def terms(request: Any, version: int | None = None) -> HttpResponse:
    """The terms of sale in force, or the version somebody accepted (A3)."""
    organisation_id = request.organisation.pk
    current = queries.current_terms(organisation_id)
    found = showcase.terms_version(version, organisation_id=organisation_id) if version else current
    if version and found is None:
        raise Http404
    context = {"terms": found, "current": current, "blocks": blocks(found.text) if found else []}
    return cacheable(request, shown(request, "counter/terms.html", context))


@require_safe
@public
def legal(request: Any) -> HttpResponse:
    """Who publishes these pages."""
    if not request.organisation.legal_notice:
        raise Http404
    return cacheable(
        request, shown(request, "counter/legal.html", {"blocks": blocks(request.organisation.legal_notice)})
    )
