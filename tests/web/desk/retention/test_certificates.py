"""The certificates: every one listed, each a real PDF that says what went by which rule, for administrators alone."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from comptoir.base import typeset
from comptoir.organisations.actors import system
from comptoir.retention.commands.certifying import certify
from comptoir.retention.models import Certificate
from comptoir.retention.rules import in_force
from comptoir.retention.states import RULES, Kind
from tests.factories import actor_of, make_organisation, make_staff
from tests.web.desk.desk import Desk, words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)


@pytest.fixture
def desk():
    return Desk(make_staff(make_organisation("loire", name="Loire #{sys} Formation")))


def made(desk, kind=Kind.BOOKINGS, count=12_500, by=None):
    held = next((one for one in in_force(desk.staff.organisation, at=AT) if one.rule.kind is kind), None)
    by = by or system(desk.staff.organisation.pk)
    return Certificate.objects.get(reference=certify(kind, count, by=by, at=AT, held=held))


def text_of(response):
    assert response["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(page.extract_text().replace("\u202f", " ").replace("\u00a0", " ").split())


def test_it_says_who_what_which_rule_until_when_and_by_what(desk):
    row = made(desk)
    answer = desk.get("retention-certificate", row.reference)
    text = text_of(answer)
    for said in (
        "Certificat d’effacement", "Loire #{sys} Formation", row.reference, "12 500", "Réservations et inscrits",
        "mardi 24 novembre 2026 à 2 h 05 (Europe/Paris)", "36 mois, depuis : le dernier jour de la dernière session",
        "d’avant le 24 novembre 2023", "par le passage de nuit (retention.run_due)", "Il ne nomme personne",
    ):  # fmt: skip
        assert said in text, said
    assert answer["Content-Disposition"] == f'attachment; filename="certificat-{row.reference}.pdf"'
    assert text == text_of(desk.get("retention-certificate", row.reference))


def test_it_says_who_did_not_wait_for_the_night(desk):
    by = actor_of(desk.staff)
    text = text_of(desk.get("retention-certificate", made(desk, Kind.MAILS, by=by).reference))
    assert f"{by.name}, qui a demandé de ne pas attendre la nuit" in text


def test_a_person_who_asked_is_not_named(desk):
    by = actor_of(desk.staff)
    text = text_of(desk.get("retention-certificate", made(desk, Kind.PERSON, count=1, by=by).reference))
    assert "article 17 du RGPD" in text
    assert f"Effacé par {by.name}" in text
    assert "retention.run_due" not in text


def test_every_kind_has_a_paper(desk):
    for rule in RULES:
        answer = desk.get("retention-certificate", made(desk, rule.kind, count=1).reference)
        assert str(rule.kind.label) in text_of(answer)


def test_the_hour_is_where_the_organisation_lives(desk):
    type(desk.staff.organisation).objects.update(time_zone="America/Guadeloupe")
    text = text_of(desk.get("retention-certificate", made(desk).reference))
    assert "lundi 23 novembre 2026 à 21 h 05 (America/Guadeloupe)" in text


def test_nobody_elses_and_administrators_alone(desk):
    row = made(desk)
    neighbour = Desk(make_staff(make_organisation("rhone")))
    assert neighbour.get("retention-certificate", row.reference).status_code == 404
    assert row.reference not in words(neighbour.get("retention-certificates"))
    assert desk.get("retention-certificate", "CE-NULLEPART").status_code == 404
    for role in ("manager", "assistant", "sales_rep"):
        other = Desk(make_staff(desk.staff.organisation, role))
        assert other.get("retention-certificate", row.reference).status_code == 403


def test_a_typesetter_that_fails_says_so(desk, monkeypatch):
    row = made(desk)

    def fails(*_args):
        raise typeset.NotTypeset

    monkeypatch.setattr(typeset, "typeset", fails)
    answer = desk.get("retention-certificate", row.reference)
    assert answer.status_code == 503
    assert "réessayez dans un instant" in words(answer)


def test_the_pages_lead_to_each_paper(desk):
    assert "Aucun certificat" in words(desk.get("retention-certificates"))
    rows = [made(desk, Kind.MAILS, count=number + 1) for number in range(51)]
    first = desk.get("retention-certificates")
    assert desk.address("retention-certificate", rows[-1].reference) in first.content.decode()
    assert rows[0].reference not in words(first)
    last = desk.browser.get(desk.address("retention-certificates") + first.context["page"].next)
    assert rows[0].reference in words(last)
    recent = words(desk.get("retention"))
    assert rows[-1].reference in recent
    assert rows[0].reference not in recent
    assert rows[0].before == date(2025, 11, 24)


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_costs_the_same_for_any_number(desk, count, django_assert_max_num_queries):
    for _number in range(count):
        made(desk)
    desk.get("retention-certificates")
    with django_assert_max_num_queries(12):
        desk.get("retention-certificates")
