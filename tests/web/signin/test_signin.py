"""Signing in: any spelling of the login, the same answer for everybody, the right place afterwards (E6, T59, T63)."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.base.text import login_key
from tests.factories import PASSWORD, make_client, make_contact, make_organisation, make_staff, make_user

pytestmark = pytest.mark.django_db


def sign_in(client, login, password=PASSWORD, at="/compte/connexion/", **extra):
    return client.post(at, {"login": login, "password": password}, **extra)


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["DUPONT.jean", "dupont.jean", " Dupont.JEAN ", "DUPONT.JEAN@EXEMPLE.TEST"])
def test_any_spelling_signs_in(client, typed):
    make_user("dupont.jean", password=PASSWORD)
    assert sign_in(client, typed).status_code == 302
    assert is_in(client)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(login=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=30))
def test_upper_lower_and_title_case_are_one_login(login):
    assert login_key(login) == login_key(login.upper()) == login_key(login.casefold()) == login_key(login_key(login))


@pytest.mark.parametrize("login", ["ŒUVRE.straße", "İpek", "élodie.DÉ", "ＦＵＬＬ.width", "ﬁn.ligature"])
def test_unusual_letters_sign_in_in_any_case(client, login):
    make_user(login, password=PASSWORD, email="a@exemple.test")
    assert sign_in(client, login.upper()).status_code == 302
    assert is_in(client)


def test_unknown_wrong_and_closed_are_answered_alike(client):
    make_user("connue", password=PASSWORD)
    make_user("fermee", password=PASSWORD, is_active=False)
    tries = [("connue", "un autre mot de passe"), ("inconnue", PASSWORD), ("fermee", PASSWORD)]
    answers = [sign_in(client, *one) for one in tries]
    assert {answer.status_code for answer in answers} == {200}
    errors = [answer.context["form"].non_field_errors() for answer in answers]
    assert errors[0] == errors[1] == errors[2] == ["L’identifiant ou le mot de passe n’est pas le bon."]
    assert not is_in(client)


@pytest.mark.parametrize("role", ["administrator", "manager"])
def test_one_place_leads_to_its_desk(client, role):
    staff = make_staff(make_organisation("loire"), role)
    assert sign_in(client, staff.user.login).url == "/loire/bureau/"


def test_several_places_lead_to_the_choice(client):
    user = make_user(password=PASSWORD)
    make_staff(make_organisation("loire"), user=user)
    make_staff(make_organisation("rhone"), "manager", user=user)
    assert sign_in(client, user.login).url == "/compte/"
    page = client.get("/compte/").content.decode()
    assert 'href="/loire/bureau/"' in page
    assert 'href="/rhone/bureau/"' in page


def test_inside_an_organisation_its_own_desk_comes_first(client):
    user = make_user(password=PASSWORD)
    make_staff(make_organisation("loire"), user=user)
    make_staff(make_organisation("rhone"), user=user)
    assert sign_in(client, user.login, at="/rhone/compte/connexion/").url == "/rhone/bureau/"


def test_a_client_contact_goes_to_the_space(client):
    user = make_user(password=PASSWORD)
    make_contact(make_client(make_organisation("loire")), user=user)
    assert sign_in(client, user.login).url == "/loire/espace/"


def test_the_operator_goes_to_the_platform(client):
    user = make_user(password=PASSWORD, is_operator=True)
    assert sign_in(client, user.login).url == "/plateforme/"


def test_an_account_without_a_place_is_told(client):
    user = make_user(password=PASSWORD)
    assert sign_in(client, user.login).url == "/compte/"
    assert "aucun organisme" in client.get("/compte/").content.decode()


def test_closed_organisations_are_no_place(client):
    staff = make_staff(make_organisation("loire", is_active=False))
    assert sign_in(client, staff.user.login).url == "/compte/"


BEFORE = (
    "//", "///", "////", "/\\", "\\/", "\\\\", "https://", "http://", "HTTPS://", "https:///", "https:\\\\",
    "\thttps://", " https://", "\nhttps://", "https:\t//", "ftp://", "/\t/",
)  # fmt: skip
HOSTS = ("ailleurs.example/", "testserver@ailleurs.example/", "ailleurs.example\\@testserver/")
FOREIGN = (
    *map("".join, product(BEFORE, HOSTS)), "http:ailleurs.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "vbscript:x", "data:text/html,x", "ailleurs.example", "http://testserver/x", "/\n/ailleurs.example",
    "https:ailleurs",
)  # fmt: skip


@pytest.mark.parametrize("where", FOREIGN)
def test_next_never_leaves_this_host(client, where):
    staff = make_staff(make_organisation("loire"))
    answer = client.post("/compte/connexion/", {"login": staff.user.login, "password": PASSWORD, "next": where})
    assert answer.status_code == 302
    assert answer.url == "/loire/bureau/"


def test_next_leads_to_a_page_of_ours(client):
    staff = make_staff(make_organisation("loire"))
    fields = {"login": staff.user.login, "password": PASSWORD, "next": "/loire/bureau/reglages/?a=1"}
    assert client.post("/compte/connexion/", fields).url == "/loire/bureau/reglages/?a=1"


def test_no_public_sign_up(client):
    for path in ("signup/", "inscription/", "email/", "3rdparty/"):
        assert client.get(f"/compte/{path}").status_code == 404


def test_signing_in_needs_the_form_key(django_user_model):
    from django.test import Client

    make_user("dupont", password=PASSWORD)
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "dupont").status_code == 403
