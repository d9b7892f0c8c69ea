"""Twenty presses at once, over real connections, are one request, one file, one mail a person (T20)."""

import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from comptoir.checkout import commands
from comptoir.mail.models import Message
from comptoir.preregistrations.commands import requests
from comptoir.preregistrations.models import Basket, BasketLine, Request, SpoolFile
from comptoir.web.public import guard
from tests.factories import make_activity, make_organisation, make_session, make_terms
from tests.web.public.visitor import Visitor, reference, words

PRESSES = 20


class StillClock:
    """No clock to move: threads see the real one, and the form was shown long ago enough."""

    def shift(self, delta):
        pass


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(guard, "QUICKEST", timedelta())


@pytest.fixture
def ready(transactional_db, tmp_path, patient):
    (tmp_path / "Résa").mkdir()
    organisation = make_organisation("rhone", spool_folder=str(tmp_path / "Résa"), notification_email="a@rhone.test")
    make_terms(organisation)
    session = make_session(make_activity(organisation))
    visitor = Visitor(organisation, StillClock())
    visitor.session = session
    visitor.put_in(session)
    visitor.client()
    visitor.people()
    return visitor


def pressed(visitor, name, data):
    """The same form sent by as many browsers' tabs at once."""

    def press(_number):
        tab = Client()
        tab.cookies = visitor.browser.cookies
        try:
            return tab.post(visitor.address(name), data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(press, range(PRESSES)))


def test_twenty_presses_of_send_are_one_request(ready, tmp_path):
    said = ready.hidden("review") | {"accepted": "1"}
    answers = pressed(ready, "review", said)
    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url for answer in answers} == {ready.address("confirmation")}
    assert Request.objects.count() == SpoolFile.objects.count() == 1
    assert len(list((tmp_path / "Résa").glob("*.log"))) == 1
    assert Message.objects.count() == 2
    assert reference(ready.get("confirmation")) == Request.objects.get().reference


def test_twenty_presses_of_sign_me_up_are_one_line(ready):
    answers = pressed(ready, "put-in", {"session": ready.session.pk})
    assert {answer.status_code for answer in answers} == {302}
    assert BasketLine.objects.get().quantity == 1


def test_twenty_tabs_of_a_step_leave_one_of_them_whole(ready):
    page = words(ready.get("people"))
    (line_id,) = set(re.findall(r'name="p(\d+)-0-last_name"', page))
    pressed(ready, "people", {f"p{line_id}-0-first_name": "A", f"p{line_id}-0-last_name": "B"})
    basket = Basket.objects.get()
    assert basket.participants[line_id] == [{"first_name": "A", "last_name": "B", "email": ""}]


def test_sabotage_without_the_token_there_would_be_several(ready, monkeypatch):
    """The count above goes red when each press makes a token of its own."""
    numbers = itertools.count()
    record = requests.record
    monkeypatch.setattr(commands.baskets, "seal", lambda **kwargs: True)
    monkeypatch.setattr(commands.baskets, "empty", lambda **kwargs: None)  # whoever is first leaves the others theirs
    monkeypatch.setattr(commands.requests, "known", lambda *args, **kwargs: None)
    monkeypatch.setattr(
        commands.requests,
        "record",
        lambda priced, *, token, by, at: record(priced, token=f"{next(numbers)}", by=by, at=at),
    )
    pressed(ready, "review", ready.hidden("review") | {"accepted": "1"})
    assert Request.objects.count() > 1
