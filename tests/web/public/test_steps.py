"""The four steps, as a person takes them: forwards, backwards, twice, and in the wrong order (A2–A5, T20–T24)."""

from datetime import timedelta

import pytest

from comptoir.mail.models import Message
from comptoir.preregistrations.models import Basket, Request
from tests.factories import make_activity, make_session
from tests.web.public.visitor import CLIENT, Visitor, reference, words


def test_a_visitor_asks_for_places(visitor, session, organisation, terms, tmp_path):
    page = words(visitor.order(session, "Aït Ben Haddou", "Perrin"))
    request = Request.objects.get()
    assert request.reference in page
    assert "claire@exemple.fr" in page
    assert "Aït Ben Haddou" in page
    assert request.state == "pending"
    assert request.authenticated_client is None
    assert (request.legal_name, request.siret, request.terms) == ("Ateliers du Lac", "73282932000074", terms)
    assert (request.net_cents, request.vat_cents) == (50_000, 10_000)
    assert [line.last_name for line in request.lines.order_by("position")] == ["Aït Ben Haddou", "Perrin"]
    assert len(list((tmp_path / "Résa").glob("*.log"))) == 1
    assert Message.objects.count() == 2


def test_each_step_leads_to_the_next(visitor, session):
    assert visitor.put_in(session).url == visitor.address("basket") + "?ajout=1"
    assert visitor.client().url == visitor.address("people")
    assert visitor.people().url == visitor.address("review")
    assert visitor.confirm().url == visitor.address("confirmation")


def test_the_last_page_can_be_reloaded_and_the_basket_is_empty(visitor, session):
    first = reference(visitor.order(session))
    assert reference(visitor.get("confirmation")) == first
    assert reference(visitor.get("confirmation")) == first
    assert 'Panier</span> <span class="number"><span class="hidden-visually">:</span> 0' in words(visitor.get("basket"))
    assert Basket.objects.get().client == {}


def test_back_after_the_end_shows_the_end(visitor, session):
    visitor.order(session)
    for step in ("client", "people", "review"):
        assert visitor.get(step).url == visitor.address("confirmation")
        assert visitor.post(step, CLIENT).url == visitor.address("confirmation")
    assert Request.objects.count() == 1


def test_a_second_request_is_another_one(visitor, session):
    first = reference(visitor.order(session))
    second = reference(visitor.order(session))
    assert first != second
    assert Request.objects.count() == 2


def test_confirming_twice_is_one_request(visitor, session):
    visitor.put_in(session)
    visitor.client()
    visitor.people()
    said = visitor.hidden("review") | {"accepted": "1"}
    visitor.clock.shift(30)
    for _ in range(3):
        assert visitor.post("review", said).url == visitor.address("confirmation")
    assert Request.objects.count() == 1


@pytest.mark.parametrize("step", ["client", "people", "review", "confirmation"])
def test_without_a_basket_there_is_no_step(step, visitor, session):
    assert visitor.get(step).url == visitor.address("basket")
    if step != "confirmation":
        assert visitor.post(step, CLIENT).url == visitor.address("basket")


def test_a_step_cannot_be_skipped(visitor, session):
    visitor.put_in(session)
    wanted = visitor.address("client") + "?revoir=1"
    for step in ("people", "review"):
        assert visitor.get(step).url == wanted
        assert visitor.post(step, {"accepted": "1"}).url == wanted
    visitor.client()
    assert visitor.post("review", {"accepted": "1"}).url == visitor.address("people") + "?revoir=1"
    assert not Request.objects.exists()


MISTAKES = {
    "legal_name": ("", "Indiquez la raison sociale"),
    "first_name": (" ", "Indiquez le prénom"),
    "last_name": ("", "Indiquez le nom"),
    "email": ("claire@", "Cette adresse de courriel n’est pas complète"),
    "siret": ("1234567890123", "Ce SIRET a 13 chiffres ; il en faut 14."),
    "postcode": ("690", "Ce code postal a 3 chiffres ; il en faut 5."),
    "phone": ("12", "Ce numéro de téléphone n’est pas complet"),
    "city": ("x" * 81, "Ce texte est trop long : 80 caractères au plus."),
    "kind": ("<b>", "Choix"),
}


@pytest.mark.parametrize("field", MISTAKES)
def test_a_mistake_is_named_and_what_was_typed_stays(field, visitor, session):
    typed, sentence = MISTAKES[field]
    visitor.put_in(session)
    answer = visitor.client(**{field: typed})
    assert answer.url == visitor.address("client") + "?revoir=1"
    page = words(visitor.browser.get(answer.url))
    if field != "kind":
        assert page.count(sentence) == 2  # in the summary, and beside the field
        assert f'href="#id_{field}"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="claire@exemple.fr"' in page or field == "email"
    assert typed.strip()[:80] in page
    assert visitor.get("people").url.startswith(visitor.address("client"))


def test_every_mistake_is_named_at_once(visitor, session):
    visitor.put_in(session)
    wrong = {field: typed for field, (typed, _) in MISTAKES.items() if field != "kind"}
    page = words(visitor.browser.get(visitor.client(**wrong).url))
    assert "8 réponses sont à revoir" in page
    assert all(sentence in page for field, (_, sentence) in MISTAKES.items() if field != "kind")


def test_coming_back_to_a_step_scolds_nobody(visitor, session):
    visitor.put_in(session)
    visitor.client(siret="12")
    assert "aria-invalid" not in words(visitor.get("client"))
    assert 'value="12"' in words(visitor.get("client"))


def test_a_private_person_needs_no_firm_and_is_already_named(visitor, session):
    visitor.put_in(session)
    assert visitor.client(kind="person", legal_name="", siret="12").url == visitor.address("people")
    assert 'value="Perrin"' in words(visitor.get("people"))
    visitor.people("Perrin")
    visitor.confirm()
    request = Request.objects.get()
    assert (request.kind, request.legal_name, request.siret) == ("person", "Claire Perrin", "")


def test_people_without_a_name_are_named(visitor, session):
    visitor.put_in(session, quantity=2)
    visitor.client()
    answer = visitor.people("", "Perrin")
    assert answer.url == visitor.address("people") + "?revoir=1"
    page = words(visitor.browser.get(answer.url))
    assert "Indiquez le nom du participant 1." in page
    assert "participant 2." not in page
    assert 'value="Perrin"' in page


def test_with_several_sessions_a_fault_says_which(visitor, session):
    visitor.put_in(session)
    visitor.put_in(make_session(make_activity(visitor.organisation, title="Excel")))
    visitor.client()
    page = words(visitor.browser.get(visitor.people("").url))
    assert "Excel : Indiquez le nom du participant 1." in page
    assert "Sauveteur secouriste : Indiquez le nom du participant 1." in page


def test_people_are_added_removed_and_taken_over(visitor, session):
    visitor.put_in(session)
    visitor.put_in(make_session(make_activity(visitor.organisation)))
    visitor.client()
    first, second = Basket.objects.get().lines.order_by("pk")
    assert visitor.people("Un", faire=f"ajouter-{first.pk}").url.endswith(f"#id_p{first.pk}-1-first_name")
    assert "aria-invalid" not in words(visitor.get("people"))
    both = {
        f"p{first.pk}-{n}-{part}": name for n, name in enumerate(("Un", "Deux")) for part in ("first_name", "last_name")
    }
    visitor.post("people", both | {"faire": f"reprendre-{second.pk}"})
    assert [line.quantity for line in Basket.objects.get().lines.order_by("pk")] == [2, 2]
    assert [person["last_name"] for person in Basket.objects.get().participants[str(second.pk)]] == ["Un", "Deux"]
    visitor.post("people", both | {"faire": f"retirer-{first.pk}-0"})
    assert [person["last_name"] for person in Basket.objects.get().participants[str(first.pk)]] == ["Deux"]


@pytest.mark.parametrize("act", ["ajouter-x", "ajouter-999999", "retirer-1-9", "voler-1", "reprendre-", "-", "²"])
def test_an_unknown_button_breaks_nothing(act, visitor, session):
    visitor.put_in(session)
    visitor.client()
    assert visitor.people("Un", faire=act).status_code == 302


def test_the_terms_have_to_be_accepted(visitor, session, terms):
    visitor.put_in(session)
    visitor.client()
    visitor.people()
    assert "Version 1" in words(visitor.get("review"))
    said = visitor.hidden("review")
    visitor.clock.shift(30)
    answer = visitor.post("review", said)
    assert answer.url == visitor.address("review") + "?conditions=1"
    assert "Cochez la case" in words(visitor.browser.get(answer.url))
    assert not Request.objects.exists()


def test_two_browsers_have_two_baskets(visitor, session, organisation, clock):
    other = Visitor(organisation, clock)
    visitor.put_in(session)
    assert "Votre panier est vide" in words(other.get("basket"))
    other.put_in(session)
    visitor.client(legal_name="À moi")
    assert "À moi" not in words(other.get("client"))


def test_a_basket_is_of_one_organisation(visitor, session, other_counter):
    visitor.put_in(session)
    other_counter.browser = visitor.browser
    assert "Votre panier est vide" in words(other_counter.get("basket"))
    assert other_counter.get("client").url == other_counter.address("basket")


def test_the_cookie_is_not_for_scripts_nor_for_others(visitor, session):
    cookie = visitor.put_in(session).cookies["panier"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/rhone/"


def test_a_day_later_the_basket_is_forgotten(visitor, session):
    visitor.put_in(session)
    visitor.clock.shift(timedelta(days=1))
    assert "Votre panier est vide" in words(visitor.get("basket"))


def test_a_shared_computer_forgets(visitor, session):
    visitor.order(session)
    visitor.post("forget")
    assert visitor.get("confirmation").url == visitor.address("basket")


def test_reading_writes_nothing(visitor, session):
    visitor.put_in(session)
    visitor.client()
    before = Basket.objects.values().get()
    visitor.clock.shift(600)
    for step in ("basket", "client", "people", "review", "catalogue"):
        visitor.get(step)
        visitor.browser.head(visitor.address(step))
    assert Basket.objects.values().get() == before
