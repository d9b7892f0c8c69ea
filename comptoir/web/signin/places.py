"""Where a person goes after signing in: the one place there is, or the choice."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients import queries as clients
from comptoir.members import queries as members
from comptoir.organisations import queries as organisations
from comptoir.web.shared.addresses import inside


@dataclass(frozen=True)
class Place:
    """One door open to this person."""

    label: str
    detail: str
    icon: str
    url: str
    organisation_id: int | None = None


def places(request: HttpRequest) -> list[Place]:
    """Every desk, client's or member's space and platform page open to the person signed in, desks first."""
    user: Any = request.user
    found = [
        Place(
            label=place.organisation.name,
            detail=_("Bureau, %(role)s") % {"role": place.get_role_display().lower()},
            icon="briefcase",
            url=inside(request, place.organisation, "bureau/"),
            organisation_id=place.organisation_id,
        )
        for place in organisations.places_of(user.pk)
    ]
    found += [
        Place(one.name, _("Espace client"), "user", inside(request, one, "espace/"), one.pk)
        for one in clients.organisations_of(user.pk)
    ]
    found += [
        Place(one.name, _("Espace adhérent"), "identification", inside(request, one, "espace/adherent/"), one.pk)
        for one in members.organisations_of(user.pk)
    ]
    here: Any = request
    if user.is_operator and not here.at_own_host:
        found.append(Place("Comptoir", _("Plateforme"), "server-stack", f"{here.platform_prefix}plateforme/"))
    return found


def destination(request: HttpRequest) -> str:
    """The address after signing in: the desk or space of this organisation, else the only place, else the choice."""
    here: Any = request
    found = places(request)
    if here.organisation is not None:
        own = [one for one in found if one.organisation_id == here.organisation.pk]
        if own:
            return own[0].url
    return found[0].url if len(found) == 1 else reverse("account_places")
