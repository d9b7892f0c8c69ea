"""Traces of signing in: kept six months, then gone; sessions that lapsed go at once."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from comptoir.base.outcome import Outcome

KEPT = timedelta(days=183)


def forget_traces(*, at: datetime, limit: int = 1000) -> Outcome[int]:
    """No browser nor machine's address is known of a session opened six months ago (a round). Safe to run twice."""
    lapsed = list(Session.objects.filter(expire_date__lt=at).values_list("pk", flat=True)[:limit])
    Session.objects.filter(pk__in=lapsed).delete()
    old = UserSession.objects.filter(created_at__lt=at - KEPT).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:limit])
    UserSession.objects.filter(pk__in=ids).delete()
    return Outcome(done=ids or [0] * len(lapsed))
