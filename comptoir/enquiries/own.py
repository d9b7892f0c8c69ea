"""All a client asked for, places and services in one list: for its own space (A4)."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from comptoir.clients.access import Reader
from comptoir.deals.states import OPEN_STAGES
from comptoir.enquiries import queries
from comptoir.preregistrations.queries import own

PLACES = "places"  # what a request asks for when it is no service
COLUMNS = ("recorded_at", "reference", "what", "state", "first_name", "last_name", "persons", "cents", "about")


class Line(NamedTuple):
    """One request. `what`: places, or a service; `state`: of a request, or the stage of the deal that follows it."""

    recorded_at: datetime
    reference: str
    what: str
    state: str
    first_name: str
    last_name: str
    persons: int | None
    cents: int | None
    about: str


def requests(reader: Reader) -> QuerySet[Any, Any]:
    """Its requests, newest first, as tuples of `Line`; of those it may read (see `queries.own`)."""
    place = {"client_id": reader.client.pk, "organisation_id": reader.client.organisation_id}
    places = own.requests(**place).order_by()
    asked: Any = places.annotate(
        what=Value(PLACES), persons=F("people"), cents=F("net_cents") + F("vat_cents"), about=Value("")
    )
    services = queries.own(reader).order_by()
    wanted: Any = services.annotate(
        what=F("service"), state=F("deal__stage"), persons=F("people"),
        cents=Value(None, output_field=BigIntegerField()),
        about=Coalesce(NullIf("event_name", Value("")), "activity__title", "theme"),
    )  # fmt: skip
    rows = asked.values_list(*COLUMNS).union(wanted.values_list(*COLUMNS), all=True)
    newest: QuerySet[Any, Any] = rows.order_by("-recorded_at", "-reference")
    return newest


def waiting(reader: Reader) -> int:
    """How many of them wait for an answer."""
    place = {"client_id": reader.client.pk, "organisation_id": reader.client.organisation_id}
    return own.waiting(**place) + queries.own(reader).filter(deal__stage__in=OPEN_STAGES).count()
