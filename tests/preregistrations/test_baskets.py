"""The basket: what it holds, what it remembers, what it refuses, and that it holds no seat."""

from datetime import timedelta

import pytest
from django.db import transaction

from comptoir.base.errors import Invalid, Missing
from comptoir.bookings.queries import seats_left
from comptoir.organisations.actors import visitor
from comptoir.preregistrations.commands import baskets
from comptoir.preregistrations.commands.baskets import AlreadyConfirmed, BasketFull, NotOnSale
from comptoir.preregistrations.models import Basket, BasketLine, Request
from comptoir.preregistrations.queries import baskets as queries
from tests.factories import NOW, make_activity, make_organisation, make_seat_type, make_session


def put_in(session, by, token="", at=NOW, **fields):
    return baskets.put_in(token=token, session_id=session.pk, by=by, at=at, **fields)


def contents(token, by, at=NOW):
    return queries.by_token(token, organisation_id=by.organisation_id, at=at)


@pytest.fixture
def token(session, by):
    return put_in(session, by)


@pytest.fixture
def basket(token, by):
    return contents(token, by)


def test_the_token_itself_is_not_kept(token, basket):
    row = Basket.objects.get(pk=basket.basket_id)
    assert token not in (row.digest, row.form_token)
    assert row.digest == queries.digest_of(token)


def test_the_price_shown_is_remembered(basket, session):
    (line,) = basket.lines
    assert (line.price_cents, line.vat_bp, line.quantity) == (session.price_cents, session.vat_bp, 1)
    type(session).objects.update(price_cents=99_900)
    assert BasketLine.objects.get().price_cents == 25_000


def test_putting_in_twice_is_putting_in_once(token, session, by):
    assert put_in(session, by, token=token) == token
    put_in(session, by, token=token, quantity=4)
    put_in(session, by, token=token, quantity=2)
    (line,) = contents(token, by).lines
    assert line.quantity == 4


def test_a_session_with_rates_wants_one_of_them(session, by):
    rate = make_seat_type(session, price_cents=12_500)
    old = make_seat_type(session, "Ancien", is_active=False)
    other = make_seat_type(make_session(session.activity))
    for wrong in (None, old.pk, other.pk, 0):
        with pytest.raises(Invalid, match="tarif"):
            put_in(session, by, seat_type_id=wrong)
    (line,) = contents(put_in(session, by, seat_type_id=rate.pk), by).lines
    assert (line.seat_type, line.price_cents) == (rate, 12_500)


def test_a_session_without_rates_takes_none(session, by):
    other = make_seat_type(make_session(session.activity))
    with pytest.raises(Invalid):
        put_in(session, by, seat_type_id=other.pk)


def test_two_rates_of_a_session_are_two_lines(session, by):
    full, half = make_seat_type(session), make_seat_type(session, "Demi-tarif")
    token = put_in(session, by, seat_type_id=full.pk)
    put_in(session, by, token=token, seat_type_id=half.pk)
    assert contents(token, by).count == 2


@pytest.mark.parametrize("quantity", [-1, 0, 51, 10**9])
def test_a_number_of_people_out_of_bounds_is_refused(quantity, session, by, basket):
    with pytest.raises(Invalid, match="de 1 à 50"):
        put_in(session, by, quantity=quantity)
    with pytest.raises(Invalid):
        baskets.change_quantity(
            basket_id=basket.basket_id, line_id=basket.lines[0].pk, quantity=quantity, by=by, at=NOW
        )
    assert BasketLine.objects.get().quantity == 1


def test_twenty_lines_and_no_more(organisation, by):
    activity = make_activity(organisation)
    token = ""
    for _ in range(queries.MOST_LINES):
        token = put_in(make_session(activity), by, token=token)
    with pytest.raises(BasketFull, match="20 sessions"):
        put_in(make_session(activity), by, token=token)
    put_in(BasketLine.objects.first().session, by, token=token)  # one already there changes nothing


@pytest.mark.parametrize(
    "change",
    [
        {"state": "draft"}, {"state": "closed"}, {"state": "cancelled"}, {"is_published": False}, {"kind": "intra"},
        {"begins_at": NOW},
        {"opens_at": NOW + timedelta(seconds=1)}, {"closes_at": NOW}, {"closes_at": NOW - timedelta(seconds=1)},
    ],
)  # fmt: skip
def test_what_is_not_on_sale_does_not_go_in(change, session, by):
    type(session).objects.update(**change)
    with pytest.raises(NotOnSale):
        put_in(session, by)
    assert not Basket.objects.exists()


def test_the_first_and_the_last_second_are_on_sale(session, by):
    type(session).objects.update(opens_at=NOW, closes_at=NOW + timedelta(seconds=1))
    put_in(session, by)


def test_another_organisation_has_no_such_session_and_no_such_basket(session, basket, token):
    stranger = visitor(make_organisation().pk)
    with pytest.raises(Missing):
        put_in(session, stranger)
    assert contents(token, stranger) is None
    assert queries.count(token, organisation_id=stranger.organisation_id, at=NOW) == 0
    line_id = basket.lines[0].pk
    for command, more in (
        (baskets.change_quantity, {"line_id": line_id, "quantity": 2}),
        (baskets.take_out, {"line_id": line_id}),
        (baskets.take_price, {"line_id": line_id}),
        (baskets.keep_client, {"typed": {"email": "x"}}),
        (baskets.keep_people, {"people": {line_id: [{"last_name": "X"}]}}),
    ):
        with pytest.raises(Missing):
            command(basket_id=basket.basket_id, by=stranger, at=NOW, **more)
    assert contents(token, visitor(session.organisation_id)) == basket


def test_a_line_of_another_basket_is_not_touched(basket, session, by):
    other = contents(put_in(session, by), by)
    with pytest.raises(Missing):
        baskets.change_quantity(basket_id=basket.basket_id, line_id=other.lines[0].pk, quantity=9, by=by, at=NOW)
    baskets.take_out(basket_id=basket.basket_id, line_id=other.lines[0].pk, by=by, at=NOW)
    baskets.keep_people(basket_id=basket.basket_id, people={other.lines[0].pk: [{"last_name": "X"}]}, by=by, at=NOW)
    assert queries.contents(other.basket_id, organisation_id=by.organisation_id) == other


def test_what_was_typed_is_kept_as_typed_and_nothing_else(basket, by):
    typed = {"kind": "firm", "email": "claire@", "siret": "12 34", "paye": "true", "statut": "valide"}
    baskets.keep_client(basket_id=basket.basket_id, typed=typed, by=by, at=NOW)
    again = queries.contents(basket.basket_id, organisation_id=by.organisation_id)
    assert again.typed == {"kind": "firm", "email": "claire@", "siret": "12 34"}


def test_the_people_listed_are_the_people_asked_for(basket, by):
    line_id = basket.lines[0].pk
    people = [{"first_name": "A", "last_name": "Un", "email": ""}, {"first_name": "B", "last_name": "Deux", "x": "y"}]
    baskets.keep_people(basket_id=basket.basket_id, people={line_id: people}, by=by, at=NOW)
    again = queries.contents(basket.basket_id, organisation_id=by.organisation_id)
    assert again.lines[0].quantity == 2
    assert [person["last_name"] for person in again.people_of(again.lines[0])] == ["Un", "Deux"]
    baskets.change_quantity(basket_id=basket.basket_id, line_id=line_id, quantity=1, by=by, at=NOW)
    baskets.change_quantity(basket_id=basket.basket_id, line_id=line_id, quantity=2, by=by, at=NOW)
    again = queries.contents(basket.basket_id, organisation_id=by.organisation_id)
    assert [person["last_name"] for person in again.people_of(again.lines[0])] == ["Un", ""]


def test_what_was_kept_is_what_is_read_again(token, basket, by):
    (line,) = basket.lines
    named = [{"first_name": " Ève ", "last_name": "Roy", "email": ""}, {"first_name": "", "last_name": "", "email": ""}]
    kept = baskets.keep_people(basket_id=basket.basket_id, people={line.pk: named, 999: named}, by=by, at=NOW)
    again = basket.naming(kept)
    read = contents(token, by)
    assert [again.people_of(one) for one in again.lines] == [read.people_of(one) for one in read.lines]
    assert [one.quantity for one in again.lines] == [2]
    assert line.quantity == 1  # what was read before is not changed


def test_a_confirmed_basket_is_found_without_its_lines(token, basket, by, django_assert_num_queries):
    found = {"organisation_id": by.organisation_id, "at": NOW}
    assert queries.confirmed(token, **found) is None
    with transaction.atomic():
        baskets.seal(basket_id=basket.basket_id, keeps=True, by=by, at=NOW)
    with django_assert_num_queries(1):
        sealed = queries.confirmed(token, **found)
    assert (sealed.form_token, sealed.confirmed_at, sealed.lines) == (basket.form_token, NOW, ())
    assert queries.confirmed(token, organisation_id=by.organisation_id, at=NOW + queries.KEPT_FOR) is None
    assert queries.confirmed(token, organisation_id=make_organisation("autre").pk, at=NOW) is None
    assert queries.confirmed("un-autre-jeton", **found) is None


def test_more_people_than_a_line_holds_are_refused(basket, by):
    with pytest.raises(Invalid):
        baskets.keep_people(
            basket_id=basket.basket_id, people={basket.lines[0].pk: [{"last_name": "X"}] * 51}, by=by, at=NOW
        )


def test_a_line_taken_out_takes_its_people_along(basket, by):
    line_id = basket.lines[0].pk
    baskets.keep_people(basket_id=basket.basket_id, people={line_id: [{"last_name": "X"}]}, by=by, at=NOW)
    baskets.take_out(basket_id=basket.basket_id, line_id=line_id, by=by, at=NOW)
    baskets.take_out(basket_id=basket.basket_id, line_id=line_id, by=by, at=NOW)  # again is no fault
    assert Basket.objects.get().participants == {}


def test_the_new_price_is_taken_when_the_visitor_says_so(basket, session, by):
    type(session).objects.update(price_cents=30_000, vat_bp=550)
    baskets.take_price(basket_id=basket.basket_id, line_id=basket.lines[0].pk, by=by, at=NOW)
    line = BasketLine.objects.get()
    assert (line.price_cents, line.vat_bp) == (30_000, 550)


def test_a_private_person_is_its_own_client_without_siret(basket, by):
    typed = {
        "kind": "person",
        "legal_name": "Autre",
        "siret": "123",
        "first_name": "Léa",
        "last_name": "Roy",
        "email": "l@x.fr",
    }
    baskets.keep_client(basket_id=basket.basket_id, typed=typed, by=by, at=NOW)
    requester = queries.contents(basket.basket_id, organisation_id=by.organisation_id).requester()
    assert (requester.legal_name, requester.siret) == ("Léa Roy", "")


def test_a_basket_holds_no_seat(session, by):
    put_in(session, by, quantity=50)
    assert seats_left([session.pk])[session.pk].left == session.capacity


def test_a_day_without_use_and_it_is_forgotten(token, basket, session, by):
    later = NOW + timedelta(hours=23)
    baskets.keep_client(basket_id=basket.basket_id, typed={"email": "x"}, by=by, at=later)
    assert contents(token, by, at=NOW + timedelta(hours=46)) is not None
    dead = later + timedelta(days=1)
    assert contents(token, by, at=dead) is None
    assert queries.count(token, organisation_id=by.organisation_id, at=dead) == 0
    with pytest.raises(Missing, match="oublié"):
        baskets.keep_client(basket_id=basket.basket_id, typed={}, by=by, at=dead)
    assert baskets.forget_old(at=dead - timedelta(seconds=1)).done == []
    assert len(baskets.forget_old(at=dead).done) == 1
    assert not Basket.objects.exists()


def test_forgetting_goes_by_batches(organisation, by):
    session = make_session(make_activity(organisation))
    for _ in range(3):
        put_in(session, by)
    dead = NOW + timedelta(days=2)
    assert [len(baskets.forget_old(at=dead, limit=2).done) for _ in range(3)] == [2, 1, 0]


def confirmed(basket, organisation, by):
    baskets.seal(basket_id=basket.basket_id, keeps=True, by=by, at=NOW)
    return Request.objects.create(
        organisation=organisation, reference="PR-1", token=basket.form_token, content_digest="d", typed={},
        legal_name="X", first_name="A", last_name="B", email="a@x.fr", net_cents=0, vat_cents=0, recorded_at=NOW,
    )  # fmt: skip


def test_a_confirmed_basket_is_not_changed_any_more(token, basket, session, by, organisation):
    confirmed(basket, organisation, by)
    line_id = basket.lines[0].pk
    with pytest.raises(AlreadyConfirmed):
        baskets.change_quantity(basket_id=basket.basket_id, line_id=line_id, quantity=2, by=by, at=NOW)
    assert queries.request_of(basket.form_token, organisation_id=organisation.pk).reference == "PR-1"
    assert queries.request_of(basket.form_token, organisation_id=make_organisation().pk) is None
    other = put_in(session, by, token=token)
    assert other != token
    assert contents(other, by).form_token != basket.form_token


def test_emptying_leaves_only_what_the_last_page_needs(token, basket, by):
    baskets.keep_client(basket_id=basket.basket_id, typed={"email": "claire@exemple.fr"}, by=by, at=NOW)
    baskets.empty(basket_id=basket.basket_id, by=by, at=NOW)
    again = contents(token, by)
    assert (again.lines, again.typed, again.people, again.form_token) == ((), {}, {}, basket.form_token)
    baskets.empty(basket_id=0, by=by, at=NOW)  # one that is gone is empty


def test_a_guessed_token_opens_a_basket_of_its_own(token, session, by):
    other = put_in(session, by, token="devine")
    assert other not in (token, "devine")


@pytest.mark.parametrize("lines", [1, 3])
def test_reading_a_basket_costs_the_same_for_any_number_of_lines(lines, organisation, by, django_assert_num_queries):
    token = ""
    for _ in range(lines):
        token = put_in(make_session(make_activity(organisation)), by, token=token)
    with django_assert_num_queries(1):
        assert [line.session.activity.title for line in contents(token, by).lines]
    with django_assert_num_queries(1):
        queries.count(token, organisation_id=by.organisation_id, at=NOW)
