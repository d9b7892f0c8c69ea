"""The pipeline's pages: board, list, one deal, its moves; tenancy, perimeter, typed values, constant queries."""

import re

import pytest
from django.test import Client as Browser

from comptoir.bookings.models import Registration
from comptoir.clients.models import GivenNumber
from comptoir.deals.models import Deal
from tests.deals.conftest import open_one
from tests.factories import make_organisation, make_staff

pytestmark = pytest.mark.django_db
PAGES = ("", "liste/", "nouveau/", "{ref}/", "{ref}/modifier/")
ACTS = ("{ref}/etape/", "{ref}/notes/", "{ref}/gagner/")


def browser(staff):
    made = Browser()
    made.force_login(staff.user)
    return made


def at(desk, path, slug=None):
    return f"/{slug or desk.organisation.slug}/bureau/dossiers/{path.format(ref=desk.deal.reference)}"


@pytest.mark.parametrize("path", PAGES)
def test_each_page_shows(desk, path):
    answer = browser(desk.staff).get(at(desk, path))
    assert answer.status_code == 200
    assert path == "nouveau/" or "Ateliers du Lac" in answer.content.decode() or "Secourisme" in answer.content.decode()


@pytest.mark.parametrize("path", ["nouveau/", "{ref}/modifier/"])
def test_each_question_has_its_words(desk, path):
    page = browser(desk.staff).get(at(desk, path)).content.decode()
    asked = [
        re.sub(r"<span.*?</span>", "", one).strip() for one in re.findall(r"<label for=\"id_.*?>(.*?)</label>", page)
    ]
    assert "" not in asked
    assert {"Titre", "Montant HT", "Chance", "Raison sociale", "Commercial", "Secteur", "Prochaine action"} <= {*asked}


@pytest.mark.parametrize("path", [*PAGES[3:], *ACTS])
def test_another_organisation_gets_404(desk, path):
    stranger = make_staff(make_organisation("ailleurs"))
    send = browser(stranger).post if path in ACTS else browser(stranger).get
    assert send(at(desk, path, "ailleurs")).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_manager_is_refused(desk, path):
    assert browser(make_staff(desk.organisation, "manager")).get(at(desk, path)).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_a_get_changes_nothing(desk, act):
    assert browser(desk.staff).get(at(desk, act)).status_code == 405


def test_won_in_one_click(desk):
    answer = browser(desk.staff).post(at(desk, "{ref}/gagner/"), follow=True)
    assert "Les participants sont inscrits sous la réservation" in answer.content.decode()
    assert Registration.objects.count() == 2


def test_a_full_session_is_said_and_the_deal_stays_open(desk):
    desk.session.capacity = 1
    desk.session.save()
    answer = browser(desk.staff).post(at(desk, "{ref}/gagner/"))
    assert answer.status_code == 409
    assert "Le dossier reste ouvert" in answer.content.decode()


def test_the_board_takes_the_move_and_goes_back_to_the_board(desk):
    board = at(desk, "")
    answer = browser(desk.staff).post(at(desk, "{ref}/etape/"), {"stage": "contacted", "back": board + "?owner="})
    assert (answer.status_code, answer.url) == (302, board + "?owner=")
    assert Deal.objects.get().stage == "contacted"


def test_the_way_back_is_only_ever_ours(desk):
    answer = browser(desk.staff).post(at(desk, "{ref}/etape/"), {"stage": "proposed", "back": "https://ailleurs.test/"})
    assert answer.url == at(desk, "{ref}/")


def test_a_deal_is_opened_by_hand_with_the_questions_of_the_page(desk):
    here = browser(desk.staff)
    page = here.get(at(desk, "nouveau/")).content.decode()
    asked = {"title": "Convention 2027", "amount": "1250,50", "chance": "40", "contact_email": "a@exemple.fr"}
    assert all(re.search(rf'<(input|select)[^>]* name="{name}"', page) for name in (*asked, "owner", "territory"))
    assert here.post(at(desk, "nouveau/"), asked).status_code == 302
    made = Deal.objects.get(title="Convention 2027")
    assert (made.amount_cents, made.chance, made.contact_email) == (125_050, 40, "a@exemple.fr")


def test_the_number_given_to_a_request_names_its_client(desk):
    given = GivenNumber.objects.create(organisation=desk.organisation, number="C900950", source="DM-A")
    asked = {"title": "Secourisme", "amount": "500", "chance": "33", "client_number": "c 900950"}
    here = browser(desk.staff)
    assert "Aucun client ne porte ce numéro" in here.post(at(desk, "{ref}/modifier/"), asked).content.decode()
    given.client = desk.client
    given.save()
    assert here.post(at(desk, "{ref}/modifier/"), asked).status_code == 302
    assert Deal.objects.get().client == desk.client


def test_what_was_typed_stays(desk):
    answer = browser(desk.staff).post(
        at(desk, "{ref}/modifier/"), {"title": "Mon titre", "amount": "-5", "chance": "x"}
    )
    assert answer.status_code == 422
    assert 'value="Mon titre"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["", "liste/", "{ref}/"])
def test_pages_cost_the_same_for_any_number_of_deals(desk, path, count, django_assert_max_num_queries):
    for number in range(count):
        open_one(desk.by, desk.session, source=f"PR-9{number}", people=count)
    here = browser(desk.staff)
    with django_assert_max_num_queries(26):
        assert here.get(at(desk, path)).status_code == 200
