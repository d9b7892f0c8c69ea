"""The pages of the public courses: one answer for everybody, a link that decides nothing when opened (F1, F2, T62)."""

from datetime import timedelta

import pytest

from comptoir.courses.commands.types import set_type
from comptoir.mail.models import Message
from comptoir.web.shared import evened
from tests.checkout.direct import make_fair
from tests.courses.test_replacing import JEAN, link, rows, validate
from tests.factories import NOW, make_session
from tests.web.public.visitor import Visitor, words


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(evened, "LEAST", 0.0)
    monkeypatch.setattr(evened, "BLUR", 0.0)


@pytest.fixture
def fair(db):
    fair = make_fair(price_cents=0)
    fair.other = make_session(fair.activity, price_cents=0)
    set_type(activity_id=fair.activity.pk, name="PSC1", by=fair.desk, at=NOW)
    return fair


@pytest.fixture
def visitor(fair, clock):
    return Visitor(fair.organisation, clock)


def sign_up(visitor, session, **said):
    page = visitor.get("course", reference=session.reference)
    form = page.context["form"]
    hidden = {"token": form["token"].value(), page.context["stamp_name"]: page.context["stamp"]}
    visitor.clock.shift(timedelta(seconds=30))
    return visitor.post("course", hidden | JEAN | said, reference=session.reference)


def test_the_button_of_the_activity_leads_to_the_form_not_to_the_basket(visitor, fair):
    answer = visitor.put_in(fair.session)
    assert answer["Location"] == visitor.address("course", reference=fair.session.reference)


def test_new_known_or_validated_the_answer_is_one(visitor, fair):
    answers = [sign_up(visitor, fair.session), sign_up(visitor, fair.other)]
    validate(fair)
    answers.append(sign_up(visitor, fair.other))
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, visitor.address("course-sent"))}
    pages = {visitor.get("course-sent").content for _ in range(2)}
    assert len(pages) == 1
    assert rows() == [(fair.session.pk, "validated")]
    assert {one.kind for one in Message.objects.all()} >= {"course-replacing", "course-kept"}


def test_what_is_missing_is_named_and_what_was_typed_stays(visitor, fair):
    answer = sign_up(visitor, fair.session, email="jean", last_name="")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"email", "last_name"}
    assert 'value="Jean"' in words(answer)
    assert rows() == []


def test_a_program_is_refused(visitor, fair):
    assert sign_up(visitor, fair.session, site_web="https://exemple.fr").status_code == 422
    assert rows() == []


def test_opening_the_link_changes_nothing_the_button_does_and_once(visitor, fair):
    sign_up(visitor, fair.session)
    sign_up(visitor, fair.other)
    token = link()
    for _ in range(3):
        assert visitor.get("course-replacing", token=token).status_code == 200
    assert rows() == [(fair.session.pk, "pending")]
    assert "Vous avez changé" in words(visitor.post("course-replacing", token=token))
    assert rows() == [(fair.session.pk, "cancelled"), (fair.other.pk, "pending")]
    assert visitor.post("course-replacing", token=token).status_code == 404
    assert visitor.get("course-replacing", token=token).status_code == 404


def test_another_site_cannot_press_the_button(visitor, fair):
    sign_up(visitor, fair.session)
    sign_up(visitor, fair.other)
    address = visitor.address("course-replacing", token=link())
    assert visitor.browser.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert rows() == [(fair.session.pk, "pending")]


def test_a_guessed_link_names_nobody(visitor, fair):
    sign_up(visitor, fair.session)
    answer = visitor.get("course-replacing", token="x" * 43)
    assert answer.status_code == 404
    assert "Guérin" not in words(answer)


def test_only_public_courses_have_the_page(visitor, fair):
    set_type(activity_id=fair.activity.pk, name="", by=fair.desk, at=NOW)
    assert visitor.get("course", reference=fair.session.reference).status_code == 404


def test_the_form_keeps_its_origin_or_browsers_could_not_send_it(visitor, fair):
    """A page without referrer sends its forms from `Origin: null`, which the check of forged forms refuses."""
    page = visitor.get("course", reference=fair.session.reference)
    assert page.get("Referrer-Policy") != "no-referrer"
    assert page["Cache-Control"] == "private, no-store"
