"""The address of a page of an organisation, seen from any other page: a path where the host allows it."""

from typing import Any

from django.http import HttpRequest

from comptoir.organisations import addresses


def inside(request: HttpRequest, organisation: Any, path: str) -> str:
    """The address of a page inside an organisation (`bureau/`), from wherever this request is."""
    here: Any = request
    if here.organisation is not None and here.organisation.pk == organisation.pk:
        return f"{here.organisation_prefix}{path}"
    if organisation.host or here.at_own_host:
        return addresses.page(organisation, path)
    return f"{here.platform_prefix}{organisation.slug}/{path}"
