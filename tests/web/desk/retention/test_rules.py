"""« Données personnelles » as an administrator uses it: reads, looks first, decides, applies, downloads."""

from datetime import date

import pytest

from comptoir.bookings.models import Booking
from comptoir.retention.commands import applying
from comptoir.retention.models import Certificate, Duration, Policy
from comptoir.retention.states import RULES
from tests.factories import NOW, make_activity, make_organisation, make_registrations, make_session, make_staff
from tests.web.desk.desk import Desk, words

pytestmark = pytest.mark.django_db
MONTHS = {rule.kind.value: rule.months for rule in RULES}


@pytest.fixture
def desk():
    return Desk(make_staff(make_organisation("loire")))


def past(desk, count=1):
    activity = make_activity(desk.staff.organisation)
    session = make_session(activity, starts_on=date(2022, 1, 1), ends_on=date(2022, 1, 1), price_cents=0)
    long_ago = NOW.replace(year=2021)
    return [make_registrations(session, at=long_ago)[0].booking for _number in range(count)]


def test_the_rules_are_read_by_people(desk):
    past(desk)
    page = words(desk.get("retention"))
    for said in ("Réservations et inscrits", "Recommandation de la CNIL", "10 ans", "rien n’est effacé tant que"):
        assert said in page
    assert "Données personnelles" in words(desk.get("settings"))
    assert "1" in page
    assert not Policy.objects.exists()


def test_looking_first_writes_nothing(desk):
    past(desk)
    page = desk.post("retention", data={**MONTHS, "bookings": 120, "preview": "1"})
    assert page.status_code == 200
    assert "Rien n’est enregistré" in words(page)
    assert next(one.now for one, _field in page.context["rows"]) == 0
    assert not Duration.objects.exists()
    assert not Policy.objects.exists()


def test_decided_then_applied_then_certified(desk):
    past(desk, 2)
    assert desk.post("retention", data={**MONTHS, "mails": 6, "is_applied": "on"}).status_code == 302
    assert (Duration.objects.get().months, Policy.objects.get().is_applied) == (6, True)
    assert "appliquées chaque nuit" in words(desk.get("retention"))
    ask = desk.get("retention-run")
    assert "Réservations et inscrits" in words(ask)
    wrong = desk.post("retention-run", data={"confirmation": "oui"})
    assert wrong.status_code == 422
    assert "EFFACER" in words(wrong)
    assert desk.post("retention-run", data={"confirmation": "effacer"}).status_code == 302
    assert "est en cours" in words(desk.get("retention"))
    while applying.run_due(at=NOW).done:
        pass
    assert not Booking.objects.filter(erased_at=None).exists()
    row = Certificate.objects.get(kind="bookings")
    assert (row.count, row.by_user) == (2, desk.staff.user)
    assert row.reference in words(desk.get("retention"))
    file = desk.get("retention-certificates-file")
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert row.reference in text
    assert "Réservations et inscrits" in text
    assert 'filename="certificats-' in file["Content-Disposition"]
    assert "Rien à effacer" in words(desk.get("retention-run"))
    assert "nature Réservations et inscrits" in words(desk.get("journal"))


def test_what_is_out_of_bounds_is_named_and_kept(desk):
    page = desk.post("retention", data={**MONTHS, "mails": 2, "members": ""})
    assert page.status_code == 422
    assert "Ce champ est obligatoire" in words(page)
    assert set(page.context["form"].errors) == {"members"}
    assert 'value="2"' in page.content.decode()
    for more in ({}, {"preview": "1"}):
        page = desk.post("retention", data={**MONTHS, "mails": 2, "bookings": 121, **more})
        assert (page.status_code, set(page.context["form"].errors)) == (422, {"mails", "bookings"})
        assert "De 3 à 60 mois." in words(page)


def test_for_administrators_alone(desk):
    manager = Desk(make_staff(desk.staff.organisation, "manager"))
    for name in ("retention", "retention-run", "retention-certificates", "retention-certificates-file"):
        assert manager.get(name).status_code == 403
    neighbour = Desk(make_staff(make_organisation("rhone")))
    past(desk)
    assert neighbour.get("retention").context["rows"][0][0].now == 0


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number_of_rows(desk, count, django_assert_max_num_queries):
    past(desk, count)
    for number in range(count):
        Certificate.objects.create(
            organisation=desk.staff.organisation, reference=f"CE-{number}", kind="mails", count=1, at=NOW, by_name="C"
        )
    desk.get("retention")
    with django_assert_max_num_queries(45):
        desk.get("retention")
