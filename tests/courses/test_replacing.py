"""Public courses: one sign-up to a type at a time, and nobody but the earlier one's mailbox decides (F1, F2, F6)."""

import re
from datetime import timedelta

import pytest

from comptoir.base.errors import Missing, Several
from comptoir.base.speaking import speaking
from comptoir.bookings import counting
from comptoir.bookings.commands.moving import validate_booking
from comptoir.bookings.models import Registration
from comptoir.checkout import courses
from comptoir.checkout.accepting import StaleBasket
from comptoir.checkout.booking import book
from comptoir.checkout.courses import AlreadyValidated, SignUp, replace, sign_up
from comptoir.courses.commands.types import set_type
from comptoir.courses.models import Replacement
from comptoir.journal.models import Entry
from comptoir.mail import sealing
from comptoir.mail.models import Message
from tests.checkout.direct import make_fair, order
from tests.factories import NOW, make_activity, make_organisation, make_rules, make_session

JEAN = {"first_name": "Jean", "last_name": "Guérin", "email": "jean.guerin@exemple.fr", "phone": "0612345678"}


@pytest.fixture
def fair(db):
    """Two sessions of one type, free, in two activities, and a third of another type."""
    fair = make_fair(price_cents=0)
    fair.other = make_session(_activity(fair, "psc-samedi"), capacity=1, price_cents=0)
    fair.ips = make_session(_activity(fair, "ips"), capacity=4, price_cents=0)
    for session, name in ((fair.session, "PSC1"), (fair.other, "psc1"), (fair.ips, "IPS")):
        set_type(activity_id=session.activity_id, name=name, by=fair.desk, at=NOW)
    return fair


def _activity(fair, slug):
    activity = make_activity(fair.organisation, slug=slug, title=slug)
    make_rules(activity, is_direct=True)
    return activity


def signed(fair, session, token="un", at=NOW, **said):
    wanted = SignUp(session.reference, **{**JEAN, **said}, seat_type=None, method="", terms_version=None, token=token)
    assert sign_up(wanted, by=fair.by, at=at) is None  # whoever was there before


def validate(fair):
    """A manager validates everybody (F3)."""
    for pk in Registration.objects.filter(state="pending").values_list("booking", flat=True):
        validate_booking(booking_id=pk, by=fair.desk, at=NOW)


def rows(**only):
    return [(row.session_id, row.state) for row in Registration.objects.filter(**only).order_by("pk")]


def link():
    """The token of the last link mailed."""
    secret = Message.objects.filter(kind="course-replacing").latest("pk").secret
    return re.search(r"remplacer/([^/]+)/", sealing.unseal(secret))[1]


def test_a_sign_up_awaits_the_manager_even_when_free(fair):
    signed(fair, fair.session)
    assert rows() == [(fair.session.pk, "pending")]
    assert Message.objects.get().to == [JEAN["email"]]


def test_the_same_form_twice_is_one_sign_up(fair):
    signed(fair, fair.session)
    signed(fair, fair.session)
    assert len(rows()) == Message.objects.count() == 1


def test_an_earlier_one_stays_until_its_mailbox_says_so(fair):
    signed(fair, fair.session)
    signed(fair, fair.other, "deux", last_name="GUERIN", email="Jean.Guerin@exemple.fr")
    assert rows() == [(fair.session.pk, "pending")]
    asked = Message.objects.get(kind="course-replacing")
    assert asked.to == [JEAN["email"]]
    token = link()
    assert token not in asked.text + asked.html
    assert not Replacement.objects.filter(digest=token).exists()
    replace(token=token, by=fair.by, at=NOW)
    assert rows() == [(fair.session.pk, "cancelled"), (fair.other.pk, "pending")]
    assert counting.differences() == {}
    assert Entry.objects.filter(what="registration.replaced").count() == 1
    with pytest.raises(Missing):  # it has served
        replace(token=token, by=fair.by, at=NOW)
    assert len(rows()) == 2


def test_the_link_ends_and_opens_in_its_organisation_alone(fair):
    signed(fair, fair.session)
    signed(fair, fair.other, "deux")
    token = link()
    elsewhere = type(fair)(make_organisation("ailleurs"), None, None, None)
    for by, at in ((fair.by, NOW + timedelta(hours=48)), (elsewhere.by, NOW)):
        with pytest.raises(Missing):
            replace(token=token, by=by, at=at)
    assert rows() == [(fair.session.pk, "pending")]


def test_validated_it_stays_and_its_mailbox_learns_why(fair):
    signed(fair, fair.session)
    validate(fair)
    signed(fair, fair.other, "deux")
    assert rows() == [(fair.session.pk, "validated")]
    assert not Replacement.objects.exists()
    told = Message.objects.get(kind="course-kept")
    assert told.to == [JEAN["email"]]
    assert "déjà validée" in told.text


def test_validated_while_the_mail_was_on_its_way_it_stays(fair):
    signed(fair, fair.session)
    signed(fair, fair.other, "deux")
    validate(fair)
    with pytest.raises(AlreadyValidated):
        replace(token=link(), by=fair.by, at=NOW)
    assert rows() == [(fair.session.pk, "validated")]


def test_with_no_seat_left_the_earlier_one_is_not_lost(fair):
    signed(fair, fair.session)
    signed(fair, fair.other, "deux")
    signed(fair, fair.other, "trois", first_name="Aïcha", email="aicha@exemple.fr")
    with pytest.raises(StaleBasket):
        replace(token=link(), by=fair.by, at=NOW)
    assert rows(first_name="Jean") == [(fair.session.pk, "pending")]
    assert Replacement.objects.count() == 1


@pytest.mark.parametrize(
    "who", [{"first_name": "Lucie"}, {"email": "jean.autre@exemple.fr"}], ids=["a relative", "a namesake"]
)
def test_another_name_or_another_mailbox_is_another_person(fair, who):
    signed(fair, fair.session)
    signed(fair, fair.other, "deux", **who)
    assert rows() == [(fair.session.pk, "pending"), (fair.other.pk, "pending")]


def test_another_type_is_taken_beside(fair):
    signed(fair, fair.session)
    signed(fair, fair.ips, "deux")
    assert len(rows(state="pending")) == 2


def test_a_full_session_refuses_the_known_and_the_unknown_alike(fair):
    """Otherwise whoever types a name into a full session would learn whether it is signed up."""
    signed(fair, fair.session)
    signed(fair, fair.other, "deux", first_name="Aïcha", email="aicha@exemple.fr")
    said = []
    for who in (JEAN, {"first_name": "Inès", "email": "ines@exemple.fr"}):
        with pytest.raises(StaleBasket) as refusal:
            signed(fair, fair.other, "trois", **who)
        said.append([str(one) for one in refusal.value.refusals])
    assert said[0] == said[1]


def test_a_stranger_who_insists_makes_one_mail(fair):
    signed(fair, fair.session)
    for again in range(5):
        signed(fair, fair.other, f"encore-{again}")
    assert Message.objects.filter(kind="course-replacing").count() == 1


def test_every_missing_field_is_named(fair):
    with pytest.raises(Several) as refusal:
        signed(fair, fair.session, first_name=" ", last_name="", email="jean")
    assert {one.field for one in refusal.value.refusals} == {"first_name", "last_name", "email"}


def test_no_other_door_goes_round_the_rule(fair):
    with pytest.raises(StaleBasket, match="formation publique"):
        book(order(fair.session, method=""), by=fair.by, at=NOW)
    assert rows() == []


def test_sabotage_without_the_rule_one_person_has_two(fair, monkeypatch):
    monkeypatch.setattr(courses.queries, "earlier_of", lambda *_, **__: [])
    signed(fair, fair.session)
    signed(fair, fair.other, "deux")
    assert len(rows(state="pending")) == 2


def test_sabotage_without_the_look_at_its_state_a_validated_one_is_lost(fair, monkeypatch):
    signed(fair, fair.session)
    signed(fair, fair.other, "deux")
    validate(fair)
    monkeypatch.setattr(courses, "_check_may_leave", lambda _row: None)
    replace(token=link(), by=fair.by, at=NOW)
    assert rows()[0] == (fair.session.pk, "cancelled")  # what the test above would see


def test_the_new_sign_up_keeps_the_language_of_the_earlier_one_whoever_opens_the_link(fair):
    with speaking("en"):
        signed(fair, fair.session)
    signed(fair, fair.other, "deux")
    assert "Dear" in Message.objects.get(kind="course-replacing").text
    replace(token=link(), by=fair.by, at=NOW)
    assert [row.booking.language for row in Registration.objects.order_by("pk")] == ["en", "en"]
