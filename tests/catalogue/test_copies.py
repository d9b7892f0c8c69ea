"""A session copied, and a series made from a rule."""

from datetime import UTC, date, datetime, time

import pytest

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.catalogue import queries
from comptoir.catalogue.commands import copies, publication, seat_types, slots
from comptoir.catalogue.commands.seat_types import Rate
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import times_of
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import Step
from comptoir.journal.models import Entry
from tests.catalogue.conftest import faults
from tests.factories import NOW, actor_of, make_session, make_staff

DAY = date(2027, 1, 11)
WEEKLY = Rule(date(2027, 1, 18), Step.WEEK, times=3)


@pytest.fixture
def model(by, session, organisation):
    """A two-day session with everything a session can have."""
    days = [SlotTimes(date(2027, 1, day), time(9), time(17), "Salle A") for day in (11, 12)]
    slots.set_slots(session_id=session.pk, slots=days, by=by, at=NOW)
    kept = seat_types.add_seat_type(session_id=session.pk, rate=Rate("Plein tarif", 25_000, 8), by=by, at=NOW)
    gone = seat_types.add_seat_type(session_id=session.pk, rate=Rate("Ancien", 1), by=by, at=NOW)
    seat_types.deactivate_seat_type(seat_type_id=gone, by=by, at=NOW)
    session.managers.add(make_staff(organisation, "manager"))
    Session.objects.update(owner=by.staff_id, closes_at=datetime(2027, 1, 10, 17, tzinfo=UTC))
    session.refresh_from_db()
    assert kept
    return session


def test_a_copy_has_all_but_the_dates_the_state_and_the_reference(by, model):
    pk = copies.copy_session(session_id=model.pk, starts_on=date(2027, 7, 5), by=by, at=NOW)
    copy = Session.objects.get(pk=pk)
    same = ("activity_id", "kind", "place", "city", "capacity", "price_cents", "vat_bp", "owner_id", "time_zone")
    assert [getattr(copy, name) for name in same] == [getattr(model, name) for name in same]
    assert (copy.state, copy.is_published, copy.reference != model.reference) == ("draft", False, True)
    assert copy.search_key.startswith(copy.reference.lower().replace("-", " "))
    assert (copy.starts_on, copy.ends_on) == (date(2027, 7, 5), date(2027, 7, 6))
    assert times_of(copy) == [SlotTimes(date(2027, 7, day), time(9), time(17), "Salle A") for day in (5, 6)]
    assert copy.closes_at == datetime(2027, 7, 4, 16, tzinfo=UTC), "18 h on the wall, the day before"
    assert list(copy.seat_types.values_list("name", "price_cents", "capacity")) == [("Plein tarif", 25_000, 8)]
    assert list(copy.managers.all()) == list(model.managers.all())
    assert Entry.objects.order_by("pk").last().what == "session.copied"


def test_a_copy_put_on_sale_is_on_sale(by, model):
    pk = copies.copy_session(session_id=model.pk, starts_on=date(2027, 7, 5), on_sale=True, by=by, at=NOW)
    assert queries.on_sale(organisation_id=by.organisation_id, at=NOW).filter(pk=pk).exists()


def test_an_intra_copy_is_opened_only_and_what_cannot_be_sold_is_refused(by, model):
    Session.objects.update(kind="intra")
    pk = copies.copy_session(session_id=model.pk, starts_on=DAY, on_sale=True, by=by, at=NOW)
    copy = Session.objects.get(pk=pk)
    assert (copy.state, copy.is_published) == ("open", False)
    Session.objects.update(kind="inter", city="")
    with pytest.raises(Refusal) as refused:
        copies.copy_session(session_id=model.pk, starts_on=DAY, on_sale=True, by=by, at=NOW)
    assert refused.value.field == "on_sale"
    assert Session.objects.count() == 2


def test_a_copy_far_away_is_refused(by, model):
    with pytest.raises(Refusal) as refused:
        copies.copy_session(session_id=model.pk, starts_on=date(227, 1, 1), by=by, at=NOW)
    assert refused.value.field == "starts_on"


def test_a_series_is_made_once_however_often_it_is_asked(by, model):
    first, again = (copies.make_series(session_id=model.pk, rule=WEEKLY, by=by, at=NOW) for _ in range(2))
    made = Session.objects.filter(pk__in=first.done).order_by("starts_on")
    assert [one.starts_on.day for one in made] == [18, 25, 1]
    assert len({one.reference for one in made}) == 3
    assert all(len(times_of(one)) == 2 and one.seat_types.count() == 1 and one.managers.count() == 1 for one in made)
    assert again.done == []
    assert [one.refusal.code for one in again.skipped] == ["already-there"] * 3


def test_a_series_leaves_out_what_was_unticked_and_holidays(by, model):
    rule = Rule(date(2027, 4, 28), Step.WEEK, times=4)  # its second day falls on Ascension once
    without = {date(2027, 5, 19)}
    outcome = copies.make_series(session_id=model.pk, rule=rule, without=without, by=by, at=NOW)
    days = Session.objects.filter(pk__in=outcome.done).order_by("starts_on").values_list("starts_on", flat=True)
    assert list(days) == [date(2027, 4, 28), date(2027, 5, 12), date(2027, 5, 26)]


def test_a_cancelled_session_leaves_its_date_free(by, model, activity):
    gone = make_session(activity, starts_on=date(2027, 1, 18), ends_on=date(2027, 1, 18))
    publication.move_session(session_id=gone.pk, to="cancelled", by=by, at=NOW)
    assert len(copies.make_series(session_id=model.pk, rule=WEEKLY, by=by, at=NOW).done) == 3


def test_the_preview_says_what_the_making_does(by, model, activity):
    make_session(activity, starts_on=date(2027, 5, 12), ends_on=date(2027, 5, 12))
    rule = Rule(date(2027, 4, 28), Step.WEEK, times=4)
    preview = queries.series_preview(session_id=model.pk, rule=rule, seen_by=by)
    assert [(one.on.day, one.ends_on.day, one.holiday, one.is_taken, one.is_made) for one in preview] == [
        (28, 29, "", False, True), (5, 6, "Ascension", False, False), (12, 13, "", True, False),
        (19, 20, "", False, True), (26, 27, "", False, True),
    ]  # fmt: skip
    outcome = copies.make_series(session_id=model.pk, rule=rule, by=by, at=NOW)
    days = set(Session.objects.filter(pk__in=outcome.done).values_list("starts_on", flat=True))
    assert days == {one.on for one in preview if one.is_made}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "until"),
        ({"until": date(2027, 1, 17)}, "until"),
        ({"until": date(227, 1, 17)}, "until"),
        ({"times": 0}, "times"),
        ({"times": 201}, "times"),
        ({"times": 1, "first": date(27, 1, 1)}, "first"),
        ({"times": 1, "step": Step.WEEKDAYS}, "weekdays"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(by, model, fields, field):
    rule = Rule(**{"first": date(2027, 1, 18), "step": Step.WEEK, **fields})
    for call in (
        lambda: copies.make_series(session_id=model.pk, rule=rule, by=by, at=NOW),
        lambda: queries.series_preview(session_id=model.pk, rule=rule, seen_by=by),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert field in faults(refused.value)
    assert Session.objects.count() == 1


def test_a_series_costs_the_same_for_any_number_of_dates(by, model, django_assert_max_num_queries):
    for times in (1, 100):
        Session.objects.exclude(pk=model.pk).delete()
        rule = Rule(date(2027, 1, 18), Step.WEEK, times=times)
        with django_assert_max_num_queries(25):
            copies.make_series(session_id=model.pk, rule=rule, by=by, at=NOW)


def test_strangers_and_readers_are_kept_out(organisation, model, stranger):
    for actor, refusal in ((stranger, Missing), (actor_of(make_staff(organisation, "sales_rep")), Forbidden)):
        with pytest.raises(refusal):
            copies.copy_session(session_id=model.pk, starts_on=DAY, by=actor, at=NOW)
        with pytest.raises(refusal):
            copies.make_series(session_id=model.pk, rule=WEEKLY, by=actor, at=NOW)
    with pytest.raises(Missing):
        queries.series_preview(session_id=model.pk, rule=WEEKLY, seen_by=stranger)
