"""The client's space, and the counter for somebody signed in (A4)."""

import pytest

from comptoir.preregistrations.models import Request
from tests.factories import make_client, make_contact, make_organisation, make_user
from tests.web.public.visitor import CLIENT, words


@pytest.fixture
def client_(organisation):
    return make_client(organisation, "Ateliers du Lac", siret="73282932000074", address="3 quai Jayr", city="Lyon")


@pytest.fixture
def contact(client_):
    user = make_user("claire", first_name="Claire", last_name="Perrin")
    return make_contact(client_, "claire@exemple.fr", first_name="Claire", last_name="Perrin", user=user)


@pytest.fixture
def signed_in(visitor, contact):
    visitor.browser.force_login(contact.user)
    return visitor


def space(visitor, path=""):
    return visitor.browser.get(f"/{visitor.organisation.slug}/espace/{path}")


def test_nobody_is_sent_to_sign_in_and_back(visitor):
    assert space(visitor).url == "/rhone/compte/connexion/?next=/rhone/espace/"


def test_a_signed_in_contact_finds_the_first_step_filled_in(signed_in, session):
    signed_in.put_in(session)
    page = words(signed_in.get("client"))
    for said in ("Ateliers du Lac", "73282932000074", "3 quai Jayr", "Claire", "Perrin", "claire@exemple.fr"):
        assert f'value="{said}"' in page


def test_the_request_is_authenticated_by_the_server(signed_in, client_, session):
    signed_in.order(session)
    request = Request.objects.get()
    assert request.authenticated_client == client_
    assert request.typed["authenticated"] == client_.number


@pytest.mark.parametrize("name", ["client_id", "authenticated_client", "client", "authenticated", "client_number"])
def test_the_form_cannot_authenticate(name, visitor, client_, contact, session):
    visitor.put_in(session)
    visitor.client(**{name: str(client_.pk)})
    visitor.people(**{name: str(client_.pk)})
    visitor.confirm(**{name: str(client_.pk)})
    request = Request.objects.get()
    assert request.authenticated_client is None
    assert request.typed["authenticated"] == ""


def test_a_contact_elsewhere_is_nobody_here(visitor, session):
    elsewhere = make_contact(make_client(make_organisation()), user=make_user())
    visitor.browser.force_login(elsewhere.user)
    assert space(visitor).status_code == 403
    visitor.order(session)
    assert Request.objects.get().authenticated_client is None


def test_signing_out_before_sending_is_sending_as_anybody(signed_in, session):
    signed_in.put_in(session)
    signed_in.client()
    signed_in.people()
    basket = signed_in.browser.cookies["panier"].value
    signed_in.browser.logout()
    signed_in.browser.cookies["panier"] = basket
    signed_in.confirm()
    assert Request.objects.get().authenticated_client is None


def test_the_space_lists_the_clients_requests_and_their_state(signed_in, session):
    assert "Vous n’avez pas encore de demande" in words(space(signed_in))
    signed_in.order(session, "Aït Ben Haddou")
    request = Request.objects.get()
    page = words(space(signed_in))
    assert request.reference in page
    assert "Reçue, à confirmer par nos soins" in page
    assert "1 demande attend notre réponse" in page
    Request.objects.update(state="integrated")
    assert "Traitée" in words(space(signed_in))
    detail = words(space(signed_in, f"demandes/{request.reference}/"))
    assert "Aït Ben Haddou" in detail
    assert "300,00 €" in detail


def test_what_staff_gave_to_the_client_is_there_too(signed_in, client_, session, visitor):
    signed_in.browser.logout()
    signed_in.order(session)
    Request.objects.update(chosen_client=client_)
    signed_in.browser.force_login(client_.contacts.get().user)
    assert Request.objects.get().reference in words(space(signed_in))


def test_another_clients_request_does_not_exist(signed_in, session, organisation):
    signed_in.order(session)
    other = make_contact(make_client(organisation, "Autre"), user=make_user())
    signed_in.browser.force_login(other.user)
    reference = Request.objects.get().reference
    assert reference not in words(space(signed_in))
    for path in (reference, "PR-000000000", "x" * 300):
        assert space(signed_in, f"demandes/{path}/").status_code == 404


def test_a_dismissed_account_is_nobody(signed_in, contact):
    type(contact.user).objects.update(is_active=False)
    assert space(signed_in).status_code == 302


def test_the_space_is_kept_by_nobody(signed_in):
    assert space(signed_in).headers["Cache-Control"] == "private, no-store"


def test_what_was_typed_wins_over_what_was_known(signed_in, session):
    signed_in.put_in(session)
    signed_in.client(legal_name="Ateliers du Lac et Cie")
    assert 'value="Ateliers du Lac et Cie"' in words(signed_in.get("client"))
    assert CLIENT["legal_name"] == "Ateliers du Lac"


@pytest.mark.parametrize("count", [1, 5])
def test_the_space_costs_the_same_for_any_number_of_requests(count, signed_in, session, django_assert_max_num_queries):
    for _ in range(count):
        signed_in.order(session)
    with django_assert_max_num_queries(10):
        space(signed_in)
