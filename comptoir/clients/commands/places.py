"""Where else a client is reached: its sites, its services, where its invoices go."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, refuse_all
from comptoir.clients import fields
from comptoir.clients.models import Client, Place
from comptoir.clients.perimeter import own_client, require_work
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


class PlaceDetails(TypedDict, total=False):
    """What is known of a place; what is left out keeps its value."""

    label: str
    address: str
    postcode: str
    city: str
    phone: str
    email: str


@transaction.atomic
def add_place(*, client_id: int, by: Actor, at: datetime, **details: Unpack[PlaceDetails]) -> int:
    """The client is also reached there; the place's id is returned. Refuses: Forbidden, Missing, Invalid or Several."""
    client = own_client(client_id, by=by)
    place = Place(client=client)
    _write(place, _checked({"label": ""} | details))
    place.save(force_insert=True)
    _record("client.place-added", client, place.pk, by=by, at=at)
    return place.pk


@transaction.atomic
def change_place(*, place_id: int, by: Actor, at: datetime, **details: Unpack[PlaceDetails]) -> list[str]:
    """The place holds these values; the names of those that changed are returned.

    Refuses: Forbidden, Missing, Invalid or Several.
    """
    place = _own_place(place_id, by=by)
    texts = _checked({name: getattr(place, name) for name in fields.PLACE_TEXTS} | details)
    changed = [name for name, text in texts.items() if getattr(place, name) != text]
    if changed:
        _write(place, texts)
        place.save()
        _record("client.place-changed", place.client, place.pk, by=by, at=at)
    return changed


@transaction.atomic
def remove_place(*, place_id: int, by: Actor, at: datetime) -> None:
    """The client is no longer reached there. Refuses: Forbidden, Missing."""
    place = _own_place(place_id, by=by)
    place.delete()
    _record("client.place-removed", place.client, place_id, by=by, at=at)


def _checked(details: Mapping[str, object]) -> dict[str, str]:
    texts = fields.cleaned({name: str(text) for name, text in details.items()})
    refuse_all(fields.place_problems(texts))
    return texts


def _write(place: Place, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        setattr(place, name, text)
    fields.derive_place(place)


def _own_place(place_id: int, *, by: Actor) -> Place:
    require_work(by)
    rows = Place.objects.filter(client__organisation_id=by.organisation_id, pk=place_id)
    client_id = rows.values_list("client_id", flat=True).first()
    if client_id is not None:
        own_client(client_id, by=by)
        place = rows.select_related("client").first()
        if place is not None:  # not removed while we waited for the client
            return place
    raise Missing(_("Ces coordonnées n’existent pas."))


def _record(what: str, client: Client, place_id: int, *, by: Actor, at: datetime) -> None:
    journal.record(what=what, about=client.number, by=by, at=at, detail={"place": place_id})
