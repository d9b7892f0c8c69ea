"""The yearly dues are asked for again: on the day decided, once, of those who owe them; and by the desk."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from comptoir.accounts.models import User
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.members import owing, queries, renewal
from comptoir.members.commands import dues, renewing, rules
from comptoir.members.models import Dues, DuesReminder, Member, MemberRules
from comptoir.retention.commands.members import erase_member
from tests import factories as f
from tests.hands import together

# In Paris, thirty days before the end of 2026 is Tuesday 1 December; the round begins at six, five o'clock UTC.
DAY = datetime(2026, 12, 1, 5, tzinfo=UTC)
AFTER = datetime(2027, 1, 31, 5, tzinfo=UTC)
SECOND, HOURS = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def decided(organisation):
    MemberRules.objects.update(remind_before_days=30, remind_after_days=30, reminders_set_on=date(2026, 9, 1))


def sent():
    return [(one.kind, *one.to) for one in Message.objects.order_by("pk")]


def test_each_is_asked_once_on_the_day_and_hour_decided(organisation):
    late, paid = f.make_member(organisation, dues=[2026]), f.make_member(organisation, dues=[2026, 2027])
    assert renewing.remind_due(at=DAY - SECOND).done == []
    assert renewing.remind_due(at=DAY).done == [late.number]
    for later in (HOURS, timedelta(days=8)):
        assert renewing.remind_due(at=DAY + later).done == []
    assert sent() == [("member-renewal", late.user.email)]
    message = Message.objects.get()
    text = message.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Votre cotisation 2027 chez" in message.subject
    assert "se termine le 31 décembre 2026" in text
    assert "La cotisation 2027 est de 35,00 €." in text
    assert set(message.values) == {"person", "year", "day", "next"}
    assert (message.about, paid.reminders.count()) == (late.number, 0)
    assert Entry.objects.filter(what="member.reminded", about=late.number).count() == 1


def test_a_second_asks_for_the_year_that_began(organisation, by):
    late, pays = f.make_member(organisation, dues=[2026]), f.make_member(organisation, dues=[2026])
    assert len(renewing.remind_due(at=DAY).done) == 2
    paid = {"year": 2027, "paid_on": date(2027, 1, 5), "amount_cents": 3_500, "means": "cheque"}
    dues.record_dues(member_id=pays.pk, **paid, by=by, at=datetime(2027, 1, 5, 9, tzinfo=UTC))
    assert renewing.remind_due(at=AFTER - SECOND).done == []
    assert renewing.remind_due(at=AFTER).done == [late.number]
    assert renewing.remind_due(at=AFTER + HOURS).done == []
    assert sent()[-1] == ("member-dues-missing", late.user.email)
    assert [(one.year, one.kind) for one in owing.reminders(late.pk)] == [(2027, "after"), (2027, "before")]


@pytest.mark.parametrize(
    "why", ["pending", "refused", "erased", "closed", "unproved", "no-address", "let-in", "elsewhere", "asleep", "off"]
)
def test_nobody_else_is_asked(organisation, by, why):
    state = why if why in ("pending", "refused") else "validated"
    elsewhere = f.make_organisation() if why == "elsewhere" else organisation  # where nothing is decided
    member = f.make_member(elsewhere, state=state, checked=why != "unproved", dues=[2026])
    if why == "erased":
        erase_member(member_id=member.pk, by=by, at=f.NOW)
    if why == "closed":
        User.objects.filter(pk=member.user_id).update(is_active=False)
    if why == "no-address":
        User.objects.filter(pk=member.user_id).update(email="")
        Member.objects.update(checked_email="")
    if why == "let-in":
        Member.objects.update(decided_at=DAY - timedelta(days=6))
    if why == "asleep":
        type(organisation).objects.update(is_active=False)
    if why == "off":
        rules.set_rules(is_open=True, dues_cents=3_500, by=by, at=f.NOW)
    assert renewing.remind_due(at=DAY + HOURS).done == []
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (datetime(2026, 12, 14, 22, 59, tzinfo=UTC), True),  # 23:59 on the fourteenth day
        (datetime(2026, 12, 14, 23, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), False),
        (datetime(2027, 2, 13, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 2, 13, 23, 0, tzinfo=UTC), False),
    ],
)
def test_machines_that_slept_catch_up_for_two_weeks_and_no_more(organisation, at, asked):
    f.make_member(organisation)
    assert bool(renewing.remind_due(at=at).done) is asked


def test_it_never_outlives_its_calendar_year(organisation):
    MemberRules.objects.update(remind_before_days=3, remind_after_days=None)
    f.make_member(organisation)
    assert renewing.remind_due(at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).done == []  # 2027 in Paris
    assert len(renewing.remind_due(at=datetime(2026, 12, 31, 22, 30, tzinfo=UTC)).done) == 1


def test_nothing_leaves_the_day_it_is_decided(organisation, by):
    MemberRules.objects.all().delete()
    f.make_member(organisation)
    decide = partial(rules.set_rules, is_open=True, by=by, remind_before_days=30)
    decide(dues_cents=None, at=DAY + HOURS)  # the very day, after six
    assert renewing.remind_due(at=DAY + 2 * HOURS).done == []
    assert renewing.remind_due(at=DAY + timedelta(days=3)).done == []
    decide(dues_cents=3_500, at=datetime(2027, 11, 1, tzinfo=UTC))  # another setting does not begin it again
    assert MemberRules.objects.get().reminders_set_on == date(2026, 12, 1)
    assert len(renewing.remind_due(at=datetime(2027, 12, 1, 5, tzinfo=UTC)).done) == 1


def test_it_is_the_day_where_the_organisation_lives(organisation):
    type(organisation).objects.update(time_zone="America/Guadeloupe")
    f.make_member(organisation)
    assert renewing.remind_due(at=DAY + timedelta(hours=5) - SECOND).done == []
    assert len(renewing.remind_due(at=DAY + timedelta(hours=5)).done) == 1


def test_a_batch_is_cut_and_goes_on(organisation):
    for _number in range(5):
        f.make_member(organisation)
    counts = [len(renewing.remind_due(at=DAY, limit=2).done) for _turn in range(4)]
    assert (counts, Message.objects.count()) == ([2, 2, 1, 0], 5)


def test_mail_and_trace_are_written_together_or_not_at_all(organisation, monkeypatch):
    f.make_member(organisation)
    monkeypatch.setattr(renewing, "record", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        renewing.remind_due(at=DAY)
    assert not Message.objects.exists()
    assert not DuesReminder.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_ask_once(organisation):
    members = [f.make_member(organisation) for _number in range(12)]
    said = together([partial(renewing.remind_due, at=DAY)] * 3)
    assert sorted(one for outcome in said for one in outcome.done) == sorted(one.number for one in members)
    assert len({to for _kind, to in sent()}) == len(sent()) == 12


def test_the_database_itself_refuses_a_second(organisation):
    member = f.make_member(organisation)
    again = {"member": member, "year": 2027, "sent_at": f.NOW}
    DuesReminder.objects.create(kind="before", **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        DuesReminder.objects.create(kind="before", **again)
    for _time in range(2):
        DuesReminder.objects.create(kind="asked", **again)


def test_who_pays_between_the_look_and_the_lock_is_not_asked(organisation):
    member = f.make_member(organisation)
    wave = renewal.due(queries.rules(organisation.pk), at=DAY)[0]
    assert owing.to_remind(organisation.pk, wave, at=DAY).get() == member
    Dues.objects.create(
        member=member, year=2027, paid_on=date(2026, 12, 1), amount_cents=1, means="cash", recorded_at=f.NOW
    )
    assert renewing._remind_one(member.pk, wave, queries.rules(organisation.pk), at=DAY) == ""
    assert not Message.objects.exists()


def test_what_the_settings_announce(organisation):
    kept = queries.rules(organisation.pk)
    said = [(one.kind, one.year, one.day) for one in renewal.coming(kept, today=date(2026, 12, 1))]
    assert said == [("before", 2027, date(2026, 12, 1)), ("after", 2027, date(2027, 1, 31))]
    kept.reminders_set_on = date(2026, 12, 1)
    assert [one.day for one in renewal.coming(kept, today=date(2026, 12, 1))] == [date(2027, 1, 31), date(2027, 12, 1)]
    assert renewal.coming(MemberRules(), today=date(2026, 12, 1)) == []


def test_how_to_pay_is_said_as_far_as_it_is_known(organisation):
    f.make_member(organisation)
    MemberRules.objects.update(dues_cents=None)
    type(organisation).objects.update(payment_help="Chèque à l’ordre de l’ADPC.")
    renewing.remind_due(at=DAY)
    assert Message.objects.get().values["next"] == "Chèque à l’ordre de l’ADPC."
    type(organisation).objects.update(payment_help="")
    renewing.remind_due(at=AFTER)
    assert "répondez à ce message" in Message.objects.latest("pk").values["next"]
