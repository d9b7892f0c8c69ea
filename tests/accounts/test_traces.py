"""Traces of signing in do not stay: six months for a browser and its address, none for a session that is over (T68)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from comptoir.accounts import traces
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def test_traces_of_signing_in_go_after_six_months():
    user = make_user()
    for number, created_at in enumerate((NOW - timedelta(days=200), NOW - timedelta(days=10))):
        row = UserSession.objects.create(
            user=user, session_key=f"cle-{number}", ip="192.0.2.1", user_agent="Firefox/140"
        )
        UserSession.objects.filter(pk=row.pk).update(created_at=created_at)
    Session.objects.create(session_key="morte", session_data="", expire_date=NOW - timedelta(seconds=1))
    Session.objects.create(session_key="vive", session_data="", expire_date=NOW + timedelta(hours=1))
    while traces.forget_traces(at=NOW, limit=1).done:
        pass
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["cle-1"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["vive"]
