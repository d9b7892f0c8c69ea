"""Slots, copies and series from their pages."""

from datetime import UTC, date, datetime, time

import pytest

from comptoir.catalogue.commands import slots
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import times_of
from tests.factories import NOW, actor_of, make_session, make_slot, make_staff
from tests.web.desk.sessions.conftest import DESK, errors, plain, text

DAY = date(2077, 1, 6)


def page(session, tail):
    return f"{DESK}sessions/{session.pk}/{tail}"


def lines(*rows, initial=0):
    sent = {"slots-TOTAL_FORMS": len(rows), "slots-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        sent |= {f"slots-{number}-{name}": value for name, value in row.items()}
    return sent


def line(on="2077-01-06", start="09:00", end="12:00", **fields):
    return {"on": on, "start": start, "end": end, **fields}


EMPTY = {"on": "", "start": "", "end": "", "place": ""}


def test_slots_are_saved_line_by_line_and_crossed_out_ones_go(signed_in, session):
    client = signed_in()
    address = page(session, "seances/")
    client.post(address, lines(line(), line("2077-01-07", "14:00", "17:00", place="B"), EMPTY))
    assert times_of(session) == [
        SlotTimes(DAY, time(9), time(12)), SlotTimes(date(2077, 1, 7), time(14), time(17), "B"),
    ]  # fmt: skip
    assert 'value="14:00"' in text(client.get(address))
    client.post(address, lines(line(DELETE="on"), line("2077-01-07", "14:00", "17:00"), EMPTY, initial=2))
    assert times_of(session) == [SlotTimes(date(2077, 1, 7), time(14), time(17))]


def test_faults_go_to_their_line_even_after_an_empty_or_crossed_out_one(signed_in, session):
    address = page(session, "seances/")
    wrong = lines(line(DELETE="on"), EMPTY, line(start="10:00", end="09:00", place="Ici"), line(), line(start="11:00"))
    response = signed_in().post(address, wrong)
    assert response.status_code == 422
    assert [sorted(form.errors) for form in response.context["lines"]] == [[], [], ["end"], [], []]
    assert 'value="Ici"' in text(response)
    overlap = signed_in().post(address, lines(line(), line(start="11:00")))
    assert [sorted(form.errors) for form in overlap.context["lines"]] == [[], ["start"]]
    assert "avant la fin d’une autre" in plain(overlap)
    shape = signed_in().post(address, lines(line(on="hier"), line(end="")))
    assert [sorted(form.errors) for form in shape.context["lines"]] == [["on"], ["end"]]
    assert not times_of(session)


@pytest.mark.parametrize("sent", [{}, {"slots-TOTAL_FORMS": "x", "slots-INITIAL_FORMS": "0"}])
def test_a_form_without_its_count_is_refused(signed_in, session, sent):
    assert signed_in().post(page(session, "seances/"), sent).status_code == 422


SITTINGS = {
    "first": "2077-01-06", "until": "2077-01-12", "step": "weekdays", "weekdays": ["0", "1", "2", "3", "4"],
    "halves": ["morning", "afternoon"], "skip_holidays": "on",
}  # fmt: skip


def test_a_rule_shows_its_dates_and_plans_those_ticked(signed_in, session):
    client = signed_in()
    address = page(session, "seances/regle/")
    begun = client.get(address)
    assert begun.status_code == 200
    assert "Aucune date" in plain(client.get(address, SITTINGS | {"weekdays": ["6"], "until": "2077-01-08"}))
    shown = client.get(address, SITTINGS)
    assert [one.on.day for one, _met in shown.context["dates"]] == [6, 7, 8, 11, 12]
    assert not times_of(session)
    ticked = ["2077-01-06", "2077-01-11", "x", "2077-01-31"]
    said = client.post(address, SITTINGS | {"dates": ticked}, follow=True)
    assert "4 séances ajoutées." in plain(said)
    assert [one.on.day for one in times_of(session)] == [6, 6, 11, 11]
    assert "Aucune séance n’est ajoutée." in plain(client.post(address, SITTINGS | {"dates": ticked}, follow=True))
    wrong = client.post(address, SITTINGS | {"until": "2077-01-01"})
    assert set(wrong.context["form"].errors) == {"until"}
    assert wrong.status_code == 422
    assert set(client.get(address, {"first": "x"}).context["form"].errors) == {"first", "step"}
    assert set(client.get(address, SITTINGS | {"halves": []}).context["form"].errors) == {"halves"}


def test_a_rule_says_what_its_dates_would_meet(signed_in, session):
    other = make_session(session.activity, place=session.place, city=session.city)
    make_slot(other, datetime(2077, 1, 7, 9, tzinfo=UTC), datetime(2077, 1, 7, 10, tzinfo=UTC))
    said = signed_in().get(page(session, "seances/regle/"), SITTINGS)
    met = {
        one.on.day: [warning.other.pk for warning in warnings] for one, warnings in said.context["dates"] if warnings
    }
    assert met == {7: [other.pk]}
    assert "La salle est déjà prise" in plain(said)


def test_the_whole_session_moves(signed_in, session):
    client = signed_in()
    slots.set_slots(session_id=session.pk, slots=[SlotTimes(DAY, time(9), time(12))], by=actor_of(client.staff), at=NOW)
    client.post(page(session, "seances/decalage/"), {"starts_on": "2077-07-01"})
    assert times_of(session) == [SlotTimes(date(2077, 7, 1), time(9), time(12))]
    assert set(client.post(page(session, "seances/decalage/"), {"starts_on": ""}).context["shift"].errors) == {
        "starts_on"
    }


def test_a_copy_is_made_at_the_date_given(signed_in, session):
    client = signed_in()
    address = page(session, "copie/")
    assert 'value="2027-01-18"' in text(client.get(address))
    assert errors(client.post(address, {"starts_on": ""})) == {"starts_on"}
    response = client.post(address, {"starts_on": "2077-01-18", "on_sale": "on"})
    copy = Session.objects.latest("pk")
    assert response["Location"] == f"{DESK}sessions/{copy.pk}/"
    assert (copy.starts_on, copy.state, copy.is_published) == (date(2077, 1, 18), "open", True)
    Session.objects.filter(pk=session.pk).update(city="")
    assert errors(client.post(address, {"starts_on": "2077-01-18", "on_sale": "on"})) == {"on_sale"}


RULE = {"first": "2027-04-29", "step": "week", "times": "3", "skip_holidays": "on"}


def test_the_dates_of_a_series_are_shown_before_anything_is_made(signed_in, session):
    client = signed_in()
    address = page(session, "serie/")
    assert "Créer les sessions" not in text(client.get(address))
    response = client.get(address, RULE)
    shown = text(response)
    assert [shown.count(f'value="{day}" data-tick checked') for day in ("2027-04-29", "2027-05-13", "2027-05-20")] == [
        1
    ] * 3
    assert "Ascension" in shown
    assert 'value="2027-05-06"' not in shown
    assert '<input type="hidden" name="times" value="3">' in shown
    assert Session.objects.count() == 1


def test_only_the_dates_left_ticked_are_made_and_once(signed_in, session):
    client = signed_in()
    sent = RULE | {"dates": ["2027-04-29", "2027-05-20", "2030-01-01", "x"]}
    for _ in range(2):
        said = plain(client.post(page(session, "serie/"), sent, follow=True))
    days = set(Session.objects.exclude(pk=session.pk).values_list("starts_on", flat=True))
    assert days == {date(2027, 4, 29), date(2027, 5, 20)}
    assert "Aucune session n’est créée. Déjà prévue le 29 avril 2027." in said


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"times": "", "until": ""}, {"until"}),
        ({"times": "0"}, {"times"}),
        ({"times": "201"}, {"times"}),
        ({"first": "x", "step": "year"}, {"first", "step"}),
        ({"step": "weekdays"}, {"weekdays"}),
        ({"until": "2027-01-01"}, {"until"}),
    ],
)
def test_a_rule_at_fault_is_told(signed_in, session, wrong, fields):
    client = signed_in()
    for response in (
        client.get(page(session, "serie/"), RULE | wrong),
        client.post(page(session, "serie/"), RULE | wrong),
    ):
        assert response.status_code == 422
        assert errors(response) == fields
    assert Session.objects.count() == 1


def test_a_rule_that_meets_no_day_says_so(signed_in, session):
    asked = {"first": "2027-05-06", "step": "weekdays", "weekdays": "0", "until": "2027-05-07"}
    assert "Aucune date" in plain(signed_in().get(page(session, "serie/"), asked))


def test_a_series_of_what_cannot_be_sold_is_refused_with_the_dates_kept(signed_in, session):
    Session.objects.update(city="")
    sent = RULE | {"on_sale": "on", "dates": ["2027-05-13"]}
    response = signed_in().post(page(session, "serie/"), sent)
    assert errors(response) == {"on_sale"}
    shown = text(response)
    assert 'value="2027-05-13" data-tick checked' in shown
    assert 'value="2027-04-29" data-tick>' in shown


def test_who_left_is_not_offered(signed_in, organisation):
    make_staff(organisation, "manager", is_active=False)
    form = signed_in().get(f"{DESK}sessions/nouvelle/").context["form"]
    assert len(form.fields["managers"].choices) == 1
