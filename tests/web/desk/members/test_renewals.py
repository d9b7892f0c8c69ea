"""« Cotisations à renouveler »: the list, the reminders it sends, what the record says of them, their settings."""

from datetime import UTC, datetime

import pytest

from comptoir.mail.models import Message
from comptoir.members.commands import renewing
from comptoir.members.models import MemberRules
from tests import factories as f
from tests.web.desk.desk import Desk, said, words

pytestmark = pytest.mark.django_db
IN_SEASON = datetime(2026, 12, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The door's clock: in the season of renewal, until a test says otherwise."""
    moment = [IN_SEASON]
    monkeypatch.setattr("comptoir.web.shared.middleware.timezone.now", lambda: moment[0])
    return moment


@pytest.fixture
def organisation():
    made = f.make_organisation("adpc-var")
    MemberRules.objects.create(organisation=made, dues_cents=3_500, remind_before_days=30)
    return made


@pytest.fixture
def desk(organisation):
    return Desk(f.make_staff(organisation))


def test_the_list_counts_and_reminds_those_ticked(desk, organisation):
    zoe, ada = f.make_member(organisation, last_name="Zoé", dues=[2026]), f.make_member(organisation, last_name="Ada")
    f.make_member(organisation, last_name="Paye", dues=[2026, 2027])
    unproved = f.make_member(organisation, last_name="Martin", checked=False)
    assert 'Cotisations à renouveler <span class="count">3</span>' in words(desk.get("members"))
    page = words(desk.get("members-renewals"))
    assert "3 adhérents validés sans cotisation 2027." in page
    assert "Paye" not in page
    assert page.index("Martin") < page.index("Ada") < page.index("Zoé")  # what is incomplete comes first
    done = desk.post("members-remind", data={"annee": "2027", "ids": [zoe.pk, unproved.pk, "x", "9" * 30]})
    text = words(done)
    assert "1 adhérent n’est pas rappelé" in text
    assert "Martin Jean : Son adresse de courriel n’est pas confirmée." in text
    assert "1 rappel est en route." in text
    assert list(Message.objects.values_list("kind", "to")) == [("member-renewal", [zoe.user.email])]
    assert "3 déc. 2026" in text
    after = desk.post("members-remind", data={"annee": "2027", "ids": [ada.pk]}, follow=True)
    assert said(after) == ["1 rappel est en route."]
    assert said(desk.post("members-remind", follow=True)) == ["Cochez au moins un adhérent."]


def test_two_years_can_be_asked_for_in_season_one_otherwise(desk, organisation, clock):
    f.make_member(organisation, dues=[2026])
    assert desk.get("members-renewals").context["years"] == [2026, 2027]
    this_year = desk.get("members-renewals", query={"annee": "2026"})
    assert "Toutes les cotisations 2026 sont là" in words(this_year)
    clock[0] = datetime(2026, 6, 1, 9, tzinfo=UTC)
    page = desk.get("members-renewals", query={"annee": "2027"})
    assert (page.context["year"], page.context["years"]) == (2026, [2026])
    for query in ({}, {"q": "dup"}):
        assert "Cotisations à renouveler</a>" in words(desk.get("members", query=query))


def test_the_record_says_when_and_reminds(desk, organisation):
    member = f.make_member(organisation, dues=[2026])
    renewing.remind_due(at=datetime(2026, 12, 1, 9, tzinfo=UTC))
    page = words(desk.get("member", member.pk))
    assert "Rappel de la cotisation 2027" in page
    assert "avant la fin de l’année" in page
    assert "1er déc. 2026, 10 h" in page
    assert "Rappel de cotisation envoyé, Comptoir" in page
    assert "Votre cotisation 2027 chez" in page
    assert "Rappeler la cotisation 2027" in page
    done = desk.post("member-remind", member.pk, data={"annee": "2027"}, follow=True)
    assert said(done) == ["Le rappel de la cotisation 2027 est en route."]
    again = desk.post("member-remind", member.pk, data={"annee": "2027"})
    assert (again.status_code, "attendez le lendemain" in words(again)) == (422, True)
    assert desk.post("member-remind", 999_999_999).status_code == 404


def test_no_button_when_there_is_nothing_to_ask(desk, organisation):
    settled = f.make_member(organisation, dues=[2026, 2027])
    pending = f.make_member(organisation, state="pending")
    for member in (settled, pending):
        assert "Rappeler la cotisation" not in words(desk.get("member", member.pk))
    late = f.make_member(organisation, dues=[2025])
    assert "Rappeler la cotisation 2026" in words(desk.get("member", late.pk))


def test_the_settings_say_when_the_next_leaves(desk, organisation):
    data = {"is_open": "on", "dues_cents": "35", "remind_before_days": "15", "remind_after_days": "40"}
    page = words(desk.post("members-settings", data=data, follow=True))
    assert "<span>Renouveler pour 2027</span><span>mercredi 16 décembre 2026, 6 h</span>" in page
    assert "<span>Cotisation 2027 manquante</span><span>mercredi 10 février 2027, 6 h</span>" in page
    wrong = desk.post("members-settings", data=data | {"remind_before_days": "91", "remind_after_days": "bientôt"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"remind_after_days"})
    assert 'value="91"' in wrong.content.decode()
    wrong = desk.post("members-settings", data=data | {"remind_before_days": "91"})
    assert "de 1 à 90" in words(wrong)
    desk.post("members-settings", data={"is_open": "on"})
    assert "Aucun rappel ne part de lui-même." in words(desk.get("members-settings"))


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_for_any_number(desk, organisation, count, django_assert_max_num_queries):
    for _number in range(count):
        f.make_member(organisation)
    desk.get("members-renewals")
    with django_assert_max_num_queries(18):
        desk.get("members-renewals")


def test_the_rail_and_the_settings_lead_there_when_it_serves(desk):
    def labels(at):
        return [str(one.label) for one in at.get("home").context["rail"]]

    assert "Adhérents" in labels(desk)
    other = Desk(f.make_staff(f.make_organisation("loire")))
    assert "Adhérents" not in labels(other)
    settings = other.get("settings").content.decode()
    assert f'href="{other.address("members-settings")}"' in settings
    here = other.get("members-settings")
    assert [str(one.label) for one in here.context["rail"] if one.current] == ["Adhérents"]
    other.post("members-settings", data={"is_open": "on"})
    assert "Adhérents" in labels(other)
