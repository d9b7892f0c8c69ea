"""What is on sale at a moment (A1): one condition, said once."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.catalogue.models import Activity, AddOn, SeatType, Session
from comptoir.catalogue.states import SessionKind, SessionState


def on_sale(*, organisation_id: int, at: datetime) -> QuerySet[Session]:
    """Published open INTER sessions of published activities, not begun, inside their sign-up window; no order."""
    found = Session.objects.filter(
        Q(opens_at=None) | Q(opens_at__lte=at),
        Q(closes_at=None) | Q(closes_at__gt=at),
        has_not_begun(at),
        organisation_id=organisation_id,
        kind=SessionKind.INTER,
        state=SessionState.OPEN,
        is_published=True,
    )
    # A join would read every activity's long texts, and « in the published ones » would lead through their index:
    # leaving out the few unpublished keeps the order and the speed of `catalogue_on_sale`.
    return found.exclude(activity__in=Activity.objects.filter(organisation_id=organisation_id, is_published=False))


def has_not_begun(at: datetime) -> Q:
    """Its first slot is to come; with no slot, its first day has not come yet where it is held."""
    return Q(begins_at__gt=at)


def with_choices[M: Model](rows: QuerySet[M], session: str) -> QuerySet[M]:
    """Each row told whether its session (the row itself, or the one under that name) has active rates, and add-ons, to
    be read at all: `has_rates`, `has_add_ons`.
    """
    rates = SeatType.objects.filter(session=OuterRef(session), is_active=True)
    add_ons = AddOn.objects.filter(session=OuterRef(session))
    return rows.annotate(has_rates=Exists(rates), has_add_ons=Exists(add_ons))  # type: ignore[return-value]  # the same


def obstacles(session: Session, at: datetime) -> list[str]:
    """Why this session, its activity at hand, is not on sale: each reason with its cure; empty when it is."""
    return list(_obstacles(session, at))


def _obstacles(session: Session, at: datetime) -> Iterator[str]:
    if session.kind == SessionKind.INTRA:
        yield _("La session est INTRA : seules les sessions INTER sont en vente.")
    if session.state != SessionState.OPEN:
        state = SessionState(session.state).label
        yield _("La session est à l’état « {state} » : ouvrez-la.").format(state=state)
    if not session.is_published:
        yield _("La session n’est pas publiée : publiez-la.")
    if not session.activity.is_published:
        yield _("L’activité n’est pas publiée : publiez-la.")
    if session.begins_at <= at:
        yield _("La session a commencé.")
    if session.opens_at and at < session.opens_at:
        yield _("Les inscriptions ouvrent {when}.").format(when=words.moment(session.opens_at))
    if session.closes_at and at >= session.closes_at:
        yield _("Les inscriptions sont closes depuis {when}.").format(when=words.moment(session.closes_at))
