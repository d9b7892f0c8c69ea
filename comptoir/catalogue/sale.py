"""What is on sale at a moment (A1): one condition, said once."""

from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.catalogue import zones
from comptoir.catalogue.models import Session, Slot
from comptoir.catalogue.states import SessionKind, SessionState

ONE_DAY = timedelta(days=1)


def on_sale(*, organisation_id: int, at: datetime) -> QuerySet[Session]:
    """Published open INTER sessions of published activities, not begun, inside their sign-up window; no order."""
    return Session.objects.filter(
        Q(opens_at=None) | Q(opens_at__lte=at),
        Q(closes_at=None) | Q(closes_at__gt=at),
        has_not_begun(at),
        organisation_id=organisation_id,
        kind=SessionKind.INTER,
        state=SessionState.OPEN,
        is_published=True,
        activity__is_published=True,
    )


def has_not_begun(at: datetime) -> Q:
    """Its first slot is to come; with no slot, its first day has not come yet where it is held."""
    today = at.astimezone(UTC).date()
    slots = Slot.objects.filter(session=OuterRef("pk"))
    planned = Exists(slots) & ~Exists(slots.filter(starts_at__lte=at))
    # Only the three days around now need the slots: everywhere on earth the rest is past or to come.
    return Q(starts_on__gte=today - ONE_DAY) & (
        Q(starts_on__gt=today + ONE_DAY) | Q(planned) | (~Exists(slots) & _day_to_come(at))
    )


def obstacles(session: Session, at: datetime) -> list[str]:
    """Why this session, its activity at hand, is not on sale: each reason with its cure; empty when it is."""
    checks = {
        _("La session est INTRA : seules les sessions INTER sont en vente."): session.kind == SessionKind.INTRA,
        _("La session est à l’état « {state} » : ouvrez-la.").format(
            state=SessionState(session.state).label
        ): session.state != SessionState.OPEN,
        _("La session n’est pas publiée : publiez-la."): not session.is_published,
        _("La formation n’est pas publiée : publiez-la."): not session.activity.is_published,
    }
    found = [sentence for sentence, stands in checks.items() if stands]
    if session.opens_at and at < session.opens_at:
        found.append(_("Les inscriptions ouvrent {when}.").format(when=words.moment(session.opens_at)))
    if session.closes_at and at >= session.closes_at:
        found.append(_("Les inscriptions sont closes depuis {when}.").format(when=words.moment(session.closes_at)))
    if not Session.objects.filter(has_not_begun(at), pk=session.pk).exists():
        found.append(_("La session a commencé."))
    return found


def _day_to_come(at: datetime) -> Q:
    elsewhere = zones.days_elsewhere(at)
    away = [name for names in elsewhere.values() for name in names]
    condition = Q(starts_on__gt=zones.home_day(at)) & ~Q(time_zone__in=away)
    for day, names in elsewhere.items():
        condition |= Q(time_zone__in=names, starts_on__gt=day)
    return condition
