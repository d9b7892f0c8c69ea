"""The durations: to the day, what they find is what goes, by batches, each with its certificate (T68)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from comptoir.base.errors import Forbidden, Several
from comptoir.bookings.commands import confirming
from comptoir.bookings.models import Booking
from comptoir.clients.models import ClientImport, Contact
from comptoir.integration.commands import reporting
from comptoir.journal.models import Entry
from comptoir.letters.models import Letter
from comptoir.mail.models import Message
from comptoir.members.models import Dues, Member
from comptoir.organisations.actors import system
from comptoir.preregistrations.commands import erasing, ledger
from comptoir.proposals.models import DateProposal
from comptoir.retention import queries
from comptoir.retention.calendar import cutoff, months_before
from comptoir.retention.commands import applying, deciding
from comptoir.retention.models import Certificate, Policy
from comptoir.retention.states import BY_KIND, Kind
from tests import factories as f
from tests.house.worlds import make_world
from tests.integration.conftest import world  # noqa: F401  # a fixture
from tests.retention.test_erasing import CANARIES, asked, files_with, integrate, tables_with

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2031, 1, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "months", "before"),
    [
        (date(2026, 11, 27), 36, date(2023, 11, 27)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2027, 3, 1), 6, date(2026, 9, 1)),
        (date(2027, 8, 29), 6, date(2027, 3, 1)),
        (date(2028, 8, 29), 6, date(2028, 2, 29)),
        (date(2027, 1, 31), 2, date(2026, 12, 1)),
    ],
)
def test_months_end_with_their_last_day(today, months, before):
    assert months_before(today, months) == before


def test_a_day_begins_where_the_organisation_lives():
    at = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert cutoff(at, 12, "Europe/Paris").day == date(2025, 11, 27)
    assert cutoff(at, 12, "America/Guadeloupe").day == date(2025, 11, 26)
    assert cutoff(at, 12, "Europe/Paris").moment.astimezone(UTC) == datetime(2025, 11, 26, 23, tzinfo=UTC)


def apply(by, at):
    """As the rounds do: again while there is something left."""
    while applying.run_due(at=at).done:
        pass


def start(by, at=f.NOW, **months):
    months = {Kind[name.upper()]: value for name, value in months.items()}
    deciding.change_rules(months=months, is_applied=True, by=by, at=at)


@pytest.fixture
def by(db):
    return f.actor_of(f.make_staff(f.make_organisation()))


def past_booking(by, ends_on, **fields):
    session = f.make_session(
        f.make_activity(f.Organisation.objects.get(pk=by.organisation_id)), starts_on=ends_on, ends_on=ends_on,
        price_cents=0,
    )  # fmt: skip
    named = {"booking_contact_name": "Zorglub", "at": datetime(2020, 1, 1, tzinfo=UTC), **fields}
    return f.make_registrations(session, people=[("Zorglub", "Quetzal", "z@exemple.fr")], **named)[0].booking


def test_exact_to_the_day(by):
    last, next_one = past_booking(by, date(2024, 1, 10)), past_booking(by, date(2024, 1, 11))
    start(by)
    apply(by, datetime(2027, 1, 10, 12, tzinfo=UTC))
    last.refresh_from_db()
    assert last.erased_at is None, "its last day is not over"
    apply(by, datetime(2027, 1, 11, 12, tzinfo=UTC))
    last.refresh_from_db()
    next_one.refresh_from_db()
    assert (bool(last.erased_at), next_one.erased_at) == (True, None)


def test_money_still_awaited_keeps_the_name(by):
    booking = past_booking(by, date(2024, 1, 10))
    type(booking).objects.filter(pk=booking.pk).update(owed_cents=100)
    start(by)
    apply(by, LATER)
    assert not Certificate.objects.filter(kind="bookings").exists()


def test_nothing_goes_until_somebody_decides(by):
    past_booking(by, date(2024, 1, 10))
    assert not applying.run_due(at=LATER).done
    deciding.change_rules(months={Kind.BOOKINGS: 12}, is_applied=False, by=by, at=f.NOW)
    assert not applying.run_due(at=LATER).done
    assert tables_with("Quetzal")


def test_the_preview_counts_what_the_night_erases(by):
    for day in (date(2024, 1, 10), date(2024, 2, 1), date(2026, 1, 1)):
        past_booking(by, day)
    at = datetime(2027, 1, 20, 2, tzinfo=UTC)
    seen = {one.held.rule.kind: (one.now, one.soon) for one in queries.preview(seen_by=by, at=at)}
    assert seen[Kind.BOOKINGS] == (1, 2)
    sooner = queries.preview(seen_by=by, at=at, proposed={Kind.BOOKINGS: 1})
    assert next(one.now for one in sooner if one.held.rule.kind is Kind.BOOKINGS) == 3
    start(by)
    apply(by, at)
    row = Certificate.objects.get(kind="bookings")
    assert (row.count, row.months, row.before, row.by_name) == (1, 36, date(2024, 1, 20), "Comptoir")


def test_batches_can_be_cut_and_go_on(by, monkeypatch):
    for _number in range(5):
        past_booking(by, date(2024, 1, 10))
    start(by)
    assert len(applying.run_due(at=LATER, limit=2).done) == 1
    with monkeypatch.context() as cut:
        cut.setattr(applying, "certify", lambda *args, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            applying.run_due(at=LATER, limit=2)
    assert Certificate.objects.filter(kind="bookings").count() == 1, "what was cut never was"
    while applying.run_due(at=LATER, limit=2).done:
        pass
    assert list(Certificate.objects.filter(kind="bookings").order_by("pk").values_list("count", flat=True)) == [2, 2, 1]
    assert tables_with("Quetzal") == set()
    before = Certificate.objects.count()
    apply(by, LATER + timedelta(hours=5))
    assert Certificate.objects.count() == before, "once a night"


def test_at_night_only_unless_asked(by):
    past_booking(by, date(2024, 1, 10))
    start(by)
    evening = datetime(2030, 12, 31, 23, 30, tzinfo=UTC)
    assert not applying.run_due(at=evening).done, "half past midnight in Paris"
    deciding.ask_run(by=by, at=evening)
    deciding.ask_run(by=by, at=evening)
    apply(by, evening)
    assert {row.by_name for row in Certificate.objects.all()} == {by.name}
    policy = Policy.objects.get()
    assert (policy.asked_at, policy.asked_by, policy.ran_at) == (None, None, evening)
    assert Entry.objects.filter(what="retention.asked").count() == 1


def test_every_kind_goes_and_nothing_is_left(world, tmp_path):  # noqa: F811
    """Years later nothing names anybody: no table, no file."""
    asked(world)
    integrate(world, "deals")
    asked(world)
    integrate(world)
    confirming.send_confirmation(booking_id=Booking.objects.get().pk, by=world.by, at=f.NOW)
    f.make_client(world.organisation, "Zorglub Quetzal", kind="person", email="zorglub@exemple.fr")
    f.make_contact(world.client, "zorglub@exemple.fr", last_name="Zorglub", user=f.make_user("quetzal"))
    f.make_member(world.organisation, last_name="Quetzal", first_name="Zorglub", user=f.make_user("zorglub"))
    problems = [{"line": 2, "sentence": "Zorglub"}]
    ClientImport.objects.create(
        organisation=world.organisation, file_name="c.csv", reading={}, foreseen={}, total=1, problems=problems,
        by_name="Camille", created_at=f.NOW,
    )  # fmt: skip
    (world.spool / "zorglub.txt").write_text("Zorglub Quetzal zorglub@exemple.fr")
    ledger.scan(world.organisation.pk, at=f.NOW)
    outbox_is_settled()
    Booking.objects.update(owed_cents=0)
    assert all(tables_with(one) for one in ("Zorglub", "Quetzal"))
    assert len(files_with(tmp_path, "Zorglub")) > 3
    start(world.by)
    apply(world.by, LATER)
    erasing.erase_due(at=LATER)
    reporting.produce_due(at=LATER)
    assert {one: tables_with(one) for one in CANARIES if tables_with(one)} == {}
    assert {one: files_with(tmp_path, one) for one in CANARIES if files_with(tmp_path, one)} == {}
    gone = {Kind(kind) for kind in Certificate.objects.values_list("kind", flat=True)}
    assert gone == {*Kind} - {Kind.LETTERS, Kind.PROPOSALS, Kind.PERSON}


def outbox_is_settled():
    """What waited has left long ago."""
    Message.objects.update(state="sent", next_at=None, sent_at=f.NOW)


def test_letters_and_proposals_lose_their_words(by):
    made = make_world("loire-bis")
    admin = f.actor_of(made.admin)
    outbox_is_settled()
    start(admin)
    apply(admin, LATER)
    letter = Letter.objects.get(state="sent", organisation=made.organisation)
    proposal = DateProposal.objects.get(organisation=made.organisation)
    assert (letter.subject, letter.body, bool(letter.erased_at)) == ("", "", True)
    assert (proposal.to, proposal.contact_name, bool(proposal.erased_at)) == ([], "", True)
    assert (proposal.sending.subject, proposal.sending.to) == ("", {})


def test_a_client_at_work_keeps_its_people(by):
    organisation = f.Organisation.objects.get(pk=by.organisation_id)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    asleep, at_work = (f.make_client(organisation, name, created_at=long_ago) for name in ("Endormi", "Actif"))
    f.make_contact(asleep, "a@exemple.fr")
    f.make_contact(at_work, "b@exemple.fr")
    past_booking(by, date(2026, 10, 1), booking_client=at_work)
    start(by)
    apply(by, datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert list(Contact.objects.values_list("email", flat=True)) == ["b@exemple.fr"]


def test_a_member_who_paid_or_came_stays(by):
    organisation = f.Organisation.objects.get(pk=by.organisation_id)
    old = {"created_at": datetime(2020, 1, 1, tzinfo=UTC)}
    paid, came, gone = (f.make_member(organisation, last_name=name) for name in ("Paye", "Vient", "Parti"))
    Member.objects.update(**old)
    Dues.objects.create(
        member=paid, year=2024, paid_on=date(2024, 1, 1), amount_cents=1, means="cheque", recorded_at=f.NOW
    )
    type(came.user).objects.filter(pk=came.user_id).update(last_login=datetime(2025, 6, 1, tzinfo=UTC))
    start(by)
    apply(by, datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert set(Member.objects.filter(erased_at=None).values_list("last_name", flat=True)) == {"Paye", "Vient"}
    assert Member.objects.get(pk=gone.pk).user.is_active is False
    apply(by, datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert set(Member.objects.filter(erased_at=None).values_list("last_name", flat=True)) == {"Vient"}


def test_bounds_are_kept_and_every_fault_is_named(by):
    with pytest.raises(Several) as refused:
        deciding.change_rules(months={Kind.MAILS: 2, Kind.MEMBERS: 61}, is_applied=True, by=by, at=f.NOW)
    assert {one.field for one in refused.value.refusals} == {"mails", "members"}
    assert not Policy.objects.exists()
    for rule in BY_KIND.values():
        assert rule.least <= rule.months <= rule.most


def test_decisions_are_in_the_journal_once(by):
    start(by, mails=6)
    start(by, mails=6)
    deciding.change_rules(months={}, is_applied=False, by=by, at=f.NOW)
    said = [(one.what, one.detail) for one in Entry.objects.order_by("pk")]
    assert said == [
        ("retention.changed", {"fields": ["mails"]}), ("retention.started", {}), ("retention.stopped", {}),
    ]  # fmt: skip


def test_administrators_only_and_their_own(by):
    past_booking(by, date(2024, 1, 10))
    neighbour = f.actor_of(f.make_staff(f.make_organisation()))
    start(neighbour)
    apply(neighbour, LATER)
    assert tables_with("Quetzal")
    manager = f.actor_of(f.make_staff(f.Organisation.objects.get(pk=by.organisation_id), "manager"))
    for act in (
        lambda: deciding.ask_run(by=manager, at=f.NOW),
        lambda: deciding.ask_run(by=system(by.organisation_id), at=f.NOW),
        lambda: deciding.change_rules(months={}, is_applied=True, by=manager, at=f.NOW),
        lambda: queries.preview(seen_by=manager, at=f.NOW),
        lambda: queries.certificates(seen_by=manager),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_certificate_is_never_changed(by):
    past_booking(by, date(2024, 1, 10))
    start(by)
    apply(by, LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(count=0)
    assert queries.titles()
    assert len(next(queries.lines(queries.certificates(seen_by=by)))) == len(queries.titles())
    assert not queries.certificates(seen_by=f.actor_of(f.make_staff(f.make_organisation()))).exists()


def test_sabotage_a_kind_forgotten_is_found(by, monkeypatch):
    past_booking(by, date(2024, 1, 10))
    start(by)
    monkeypatch.setattr(applying.kinds.erasing, "erase_booking", lambda **more: None)
    applying.run_due(at=LATER, limit=1)
    assert tables_with("Quetzal")
