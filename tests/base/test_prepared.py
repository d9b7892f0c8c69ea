"""Statements made ready give what the ORM gives, for any value, in one statement; and refuse what they cannot."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString

from comptoir.base.prepared import Prepared, delete, insert, update
from comptoir.bookings.counting import Counts
from comptoir.bookings.models import Booking, Registration, SeatCount
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue.models import Session, Terms
from comptoir.journal.models import Entry
from tests.factories import NOW, make_activity, make_organisation, make_session

BY_IDS = Prepared(
    lambda ids, title: Session.objects.filter(pk__in=ids, activity__title=title).select_related("activity")
)


@pytest.fixture
def sessions(db):
    activity = make_activity(make_organisation(), title="L’été, « c’est %s »")
    return [make_session(activity) for _number in range(3)]


def asked(sessions, *chosen):
    return {one.pk for one in BY_IDS.all(ids=[sessions[at].pk for at in chosen], title="L’été, « c’est %s »")}


def test_the_same_rows_for_each_number_of_values(sessions):
    assert asked(sessions, 0) == {sessions[0].pk}
    assert asked(sessions, 1) == {sessions[1].pk}
    assert asked(sessions, 2, 0) == {sessions[0].pk, sessions[2].pk}
    assert BY_IDS.all(ids={one.pk for one in sessions}, title="Autre") == []


def test_several_texts_are_each_their_own(sessions):
    called = Prepared(lambda references: Session.objects.filter(reference__in=references))
    wanted = {one.reference for one in sessions[:2]}
    assert {one.reference for one in called.all(references=wanted)} == wanted


def test_the_objects_are_those_of_the_orm_in_one_statement(sessions):
    with CaptureQueriesContext(connection) as seen:
        (found,) = BY_IDS.all(ids=[sessions[0].pk], title="L’été, « c’est %s »")
        assert found.activity.title.startswith("L’été")
    assert len(seen) == 1
    ours = Session.objects.get(pk=found.pk)
    assert {name: value for name, value in vars(found).items() if name != "_state"} == {
        name: value for name, value in vars(ours).items() if name != "_state"
    }
    assert not found._state.adding


def test_an_empty_list_asks_nothing(sessions, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert BY_IDS.all(ids=[], title="x") == []


def test_a_value_that_is_changed_on_its_way_is_refused(sessions):
    with pytest.raises(TypeError, match="did not reach"):
        Prepared(lambda text: Session.objects.filter(city__contains=text)).all(text="a")


def test_rows_are_stored_with_what_the_database_gives_them(sessions):
    booking = Booking(
        organisation=sessions[0].organisation, reference="R-1", created_at=NOW, owed_cents=100, paid_cents=0
    )
    insert([booking])
    assert (booking.payment, booking._state.adding) == ("due", False)
    people = [
        Registration(
            organisation=booking.organisation, booking=booking, position=at, session=sessions[0], first_name="A",
            last_name="B", price_cents=1, vat_bp=0,
        )
        for at in (1, 2)
    ]  # fmt: skip
    insert(people)
    assert [row.position for row in Registration.objects.order_by("pk")] == [1, 2]
    assert {row.pk for row in people} == set(Registration.objects.values_list("pk", flat=True))
    entry = Entry(organisation=booking.organisation, at=NOW, by_name="x", what="a.b", detail={"n": 1})
    insert([entry])
    assert Entry.objects.get(pk=entry.pk).detail == {"n": 1}


def test_what_is_stored_is_what_the_orm_stores(sessions):
    def made(reference):
        return Booking(
            organisation=sessions[0].organisation, reference=reference, created_at=NOW, seat_order=SeatOrder.PAYMENT,
            owed_cents="1250", part=True, held_until=NOW, contact_name=SafeString("<Ana>"),
        )  # fmt: skip

    ours, theirs = made("R-1"), made("R-2")
    insert([ours])
    theirs.save()
    columns = [one.attname for one in Booking._meta.concrete_fields if one.attname not in ("id", "reference")]
    ours, theirs = (Booking.objects.values_list(*columns).get(reference=one) for one in ("R-1", "R-2"))
    assert ours == theirs
    assert (Booking.objects.first().owed_cents, Booking.objects.first().seat_order) == (1250, "payment")


def test_a_conflict_is_said_or_left_alone(sessions):
    def again():
        return Booking(organisation=sessions[0].organisation, reference="R-1", created_at=NOW)

    insert([again()])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([again()])
    insert([again()], ignore_conflicts=True)
    assert Booking.objects.count() == 1


def test_only_the_columns_named_are_changed(sessions):
    count = SeatCount.objects.create(session=sessions[0], pending=1)
    other = SeatCount.objects.create(session=sessions[1], pending=1)
    count.pending, count.validated = 5, 7
    update(count, ["pending"])
    count.refresh_from_db()
    other.refresh_from_db()
    assert (count.pending, count.validated, other.pending) == (5, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_lock_cannot_be_asked_outside_a_transaction():
    session = make_session(make_activity(make_organisation()))
    with pytest.raises(transaction.TransactionManagementError):
        Counts.locked([session.pk])


def test_rows_are_gone_by_one_statement(sessions, django_assert_num_queries):
    kept, other = SeatCount.objects.create(session=sessions[0]), SeatCount.objects.create(session=sessions[1])
    with django_assert_num_queries(1):
        delete(SeatCount, session=sessions[1].pk)
    assert set(SeatCount.objects.filter(pk__in=[kept.pk, other.pk])) == {kept}


@pytest.mark.parametrize("model", [Session, Terms])
def test_rows_that_others_point_to_are_left_to_the_orm(model, sessions, django_assert_num_queries):
    assert model is Session or not Terms._meta.related_objects  # those that point to terms do it without a name
    with django_assert_num_queries(0), pytest.raises(TypeError, match="point to"):
        delete(model, id=sessions[0].pk)


def test_what_starts_from_an_object_is_refused(sessions):
    related = Prepared(lambda title: sessions[0].activity.sessions.filter(activity__title=title))
    with pytest.raises(TypeError, match="starts from its model"):
        related.all(title="x")
