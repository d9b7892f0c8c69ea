"""The sales pipeline: the board, the list, the weighted totals (B18)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.timezone import localdate

from comptoir.base.errors import Missing
from comptoir.deals.models import Deal, DealLine, Note
from comptoir.deals.states import OPEN_STAGES, Origin, Service, Stage
from comptoir.organisations.actors import Actor


@dataclass(frozen=True)
class StageTotal:
    """One column of the board: how many deals, their amount and their weighted amount, in cents without VAT."""

    stage: Stage
    count: int
    amount_cents: int
    weighted_cents: int


def deals(*, seen_by: Actor, text: str = "") -> QuerySet[Deal]:
    """The organisation's deals, newest first; `text` looks in reference, title, prospect, client and contact."""
    if not seen_by.works_intake:
        return Deal.objects.none()
    rows = Deal.objects.filter(organisation_id=seen_by.organisation_id)
    rows = with_words(rows, text)
    return rows.select_related("owner__user", "territory", "client").order_by("-pk")


def with_words(rows: QuerySet[Deal], text: str) -> QuerySet[Deal]:
    """The rows whose reference, title, prospect, client or contact says that."""
    text = text.strip()
    if not text:
        return rows
    like = (
        Q(reference__iexact=text) | Q(source__iexact=text) | Q(title__icontains=text) | Q(prospect_name__icontains=text)
    )
    return rows.filter(like | Q(client__legal_name__icontains=text) | Q(contact_email__icontains=text))


def born_of(rows: QuerySet[Deal], origin: str) -> QuerySet[Deal]:
    """The rows born of a request for that service, of a pre-registration, or opened by hand; any other word: all."""
    match origin:
        case Origin.REQUEST:
            return rows.filter(service="").exclude(source="")
        case Origin.HAND:
            return rows.filter(service="", source="")
    return rows.filter(service=origin) if origin in Service.values else rows


def first_of_each_stage(rows: QuerySet[Deal], count: int) -> dict[str, list[Deal]]:
    """The first deals of each open stage: those whose next step comes soonest; one query a stage."""
    soonest = F("next_step_on").asc(nulls_last=True)
    return {stage: list(rows.filter(stage=stage).order_by(soonest, "-pk")[:count]) for stage in OPEN_STAGES}


def reference_of(deal_id: int, *, seen_by: Actor) -> str:
    """The reference of one deal. Refuses: Missing."""
    found = deals(seen_by=seen_by).filter(pk=deal_id).values_list("reference", flat=True).first()
    if found is None:
        raise Missing("Ce dossier n’existe pas.")
    return found


def deal(reference: str, *, seen_by: Actor) -> Deal:
    """One deal of the reader's organisation. Refuses: Missing."""
    found = deals(seen_by=seen_by).filter(reference=reference).first()
    if found is None:
        raise Missing("Ce dossier n’existe pas.")
    return found


def lines(found: Deal) -> QuerySet[DealLine]:
    """The participants a deal would bring, with their sessions."""
    return DealLine.objects.filter(deal=found).select_related("session__activity", "seat_type").order_by("position")


def notes(found: Deal) -> QuerySet[Note]:
    """What was said, last first."""
    return Note.objects.filter(deal=found).order_by("-pk")


def totals(rows: QuerySet[Deal]) -> list[StageTotal]:
    """The totals of each stage, in one query; a stage without a deal is there with zeros."""
    found = {
        stage: (count, amount or 0, (weighted or 0) // 100)
        for stage, count, amount, weighted in rows.order_by()
        .values_list("stage")
        .annotate(n=Count("pk"), amount=Sum("amount_cents"), weighted=Sum(F("amount_cents") * F("chance")))
    }
    return [StageTotal(stage, *found.get(stage, (0, 0, 0))) for stage in Stage]


def open_count(*, seen_by: Actor) -> int:
    """Deals still to win or lose."""
    return deals(seen_by=seen_by).filter(stage__in=OPEN_STAGES).count()


def overdue(*, seen_by: Actor, at: datetime) -> QuerySet[Deal]:
    """Open deals whose next step should have been taken before today, the longest overdue first."""
    late = deals(seen_by=seen_by).filter(stage__in=OPEN_STAGES, next_step_on__lt=localdate(at))
    return late.order_by("next_step_on", "pk")


def of_client(client_id: int, *, seen_by: Actor) -> QuerySet[Deal]:
    """The deals of one client, newest first."""
    return deals(seen_by=seen_by).filter(client=client_id)
