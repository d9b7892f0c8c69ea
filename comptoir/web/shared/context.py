"""What every page's shell needs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from comptoir.members import queries as members
from comptoir.web.shared.offering import words_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The organisation whose page this is, its logo, and the actor when there is one."""
    here: Any = request
    organisation = getattr(here, "organisation", None)
    return {
        "organisation": organisation,
        "actor": getattr(here, "actor", None),
        "logo_url": _logo_url(organisation),
        "offering": words_of(organisation),
        "takes_members": SimpleLazyObject(lambda: organisation is not None and members.rules(organisation.pk).is_open),
    }


def _logo_url(organisation: Any) -> str:
    """Carries the picture's digest, so that browsers may keep it."""
    if organisation is None or not organisation.logo:
        return ""
    return f"{reverse('logo')}?{organisation.logo.rpartition('-')[2].partition('.')[0]}"
