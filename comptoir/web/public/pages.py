"""What every page of the counter is made of: the basket of its cookie, its links, and how long it may be kept."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.cache import get_conditional_response, patch_vary_headers

from comptoir.base.speaking import spoken
from comptoir.organisations import addresses
from comptoir.preregistrations.queries import baskets
from comptoir.preregistrations.queries.baskets import KEPT_FOR, Contents
from comptoir.web.shared.kept import BASKET, keep, may_be_kept
from comptoir.web.shared.links import legal_links

COOKIE = BASKET
PUBLIC_FOR = "public, max-age=60, stale-while-revalidate=600"


def basket_token(request: HttpRequest) -> str:
    """The visitor's own token; empty for a visitor without a basket."""
    return request.COOKIES.get(COOKIE, "")


def basket_of(request: Any) -> Contents | None:
    """The visitor's basket, if there is one."""
    token = basket_token(request)
    return baskets.by_token(token, organisation_id=request.organisation.pk, at=request.at) if token else None


def confirmed_basket(request: Any) -> Contents | None:
    """The visitor's basket, if it was confirmed."""
    token = basket_token(request)
    return baskets.confirmed(token, organisation_id=request.organisation.pk, at=request.at) if token else None


def keep_basket(response: HttpResponse, token: str) -> HttpResponse:
    """The visitor's browser holds the token, for this organisation's pages only, and no script can read it."""
    response.set_cookie(
        COOKIE, token, max_age=KEPT_FOR, path=get_script_prefix(), httponly=True, secure=settings.SECURE, samesite="Lax"
    )
    return response


def forget_basket(response: HttpResponse) -> HttpResponse:
    """The browser no longer holds it."""
    response.delete_cookie(COOKIE, path=get_script_prefix(), samesite="Lax")
    return response


def shown(
    request: Any, template: str, context: dict[str, Any], *, contents: Contents | None = None, status: int = 200
) -> HttpResponse:
    """A page of the counter, with the number beside « Panier »."""
    return render(request, template, shell_of(request, contents=contents) | context, status=status)


def shell_of(request: Any, *, contents: Contents | None = None) -> dict[str, Any]:
    """What the counter's shell shows on every page."""
    token = "" if contents else basket_token(request)
    organisation = request.organisation
    count = contents.count if contents else 0
    if token:
        count = baskets.count(token, organisation_id=organisation.pk, at=request.at)
    address = addresses.page(organisation, request.path_info.lstrip("/"))
    shell = {"basket_count": count, "legal_links": legal_links(organisation), "address": address}
    shell["logo_address"] = addresses.page(organisation, "logo")
    return shell


def cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page that is the same for every visitor without a cookie may be kept a minute by anybody (and told apart
    by its digest after that); a visitor who has a basket, a session or a message is never served from a shared copy.
    """
    patch_vary_headers(response, ("Cookie",))
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    nobody = may_be_kept(request)
    # In English it is this reader's, for a shared copy that is told apart by address alone would be everybody's.
    is_shared = nobody and spoken() == settings.LANGUAGE_CODE
    response.headers["Cache-Control"] = PUBLIC_FOR if is_shared else "private, no-cache"
    if nobody:
        keep(response, request.organisation.pk)  # type: ignore[attr-defined]
    return get_conditional_response(request, etag=etag, response=response) or response
