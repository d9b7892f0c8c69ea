"""One request: anything typed can be corrected, the original stays; two people never overwrite each other (B5)."""

import re

import pytest

from comptoir.preregistrations.models import Request, RequestLine
from tests.integration.conftest import ask
from tests.web.desk.desk import said, words


def filled(desk, request, **changes):
    """What the page's form would send, with changes."""
    response = desk.get("intake-request", request.reference)
    form = response.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return values | {"seen": response.context["seen"], "back": "page=2"} | changes


def correct(desk, request, follow=True, **changes):
    return desk.post("intake-request", request.reference, data=filled(desk, request, **changes), follow=follow)


def test_a_correction_is_kept_beside_the_original(desk, world):
    request = ask(world, legal_name="Atelié du Lak")
    answer = correct(desk, request, legal_name="Ateliers du Lac", siret="732 829 320 00074")
    assert said(answer) == [f"La demande {request.reference} est corrigée."]
    assert answer.redirect_chain[0][0].endswith("/importation/?page=2")
    fresh = Request.objects.get()
    assert (fresh.legal_name, fresh.siret, fresh.typed["client"]["legal_name"]) == (
        "Ateliers du Lac", "73282932000074", "Atelié du Lak"
    )  # fmt: skip
    assert "Atelié du Lak" in words(desk.get("intake-request", request.reference))


def test_participants_are_corrected_with_the_rest(desk, world):
    request = ask(world, people=2)
    line = RequestLine.objects.order_by("position").last()
    correct(desk, request, **{f"people.{line.pk}.last_name": "Le Bihan", f"people.{line.pk}.email": "r@lb.fr"})
    line.refresh_from_db()
    assert (str(line), line.email) == ("Prénom1 Le Bihan", "r@lb.fr")
    assert len(desk.get("intake", query={"text": "bihan"}).context["rows"]) == 1


def test_every_fault_is_named_and_what_was_typed_is_kept(desk, world):
    request = ask(world, people=1)
    line = RequestLine.objects.get()
    answer = correct(desk, request, email="claire@", siret="123", **{f"people.{line.pk}.email": "non"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"email", "siret", f"people.{line.pk}.email"}
    page = words(answer)
    assert "Ce SIRET a 3 chiffres ; il en faut 14." in page
    assert 'value="claire@"' in page
    assert Request.objects.get().email == "claire@exemple.fr"


def test_missing_names_are_asked_for(desk, world):
    request = ask(world)
    answer = correct(desk, request, legal_name="", last_name="")
    assert set(answer.context["form"].errors) == {"legal_name", "last_name"}


def test_a_colleagues_correction_is_not_overwritten_unseen(desk, colleague, world):
    request = ask(world)
    mine = filled(desk, request, city="Nantes")
    correct(colleague, request, city="Rezé")
    answer = desk.post("intake-request", request.reference, data=mine)
    assert answer.status_code == 409
    page = words(answer)
    assert "a été modifiée entre-temps" in page
    assert "enregistré entre-temps</small>Rezé" in page
    assert 'value="Nantes"' in page
    assert Request.objects.get().city == "Rezé"
    mine["seen"] = re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]
    desk.post("intake-request", request.reference, data=mine)
    assert Request.objects.get().city == "Nantes"


def test_a_binned_request_is_read_but_not_corrected(desk, world):
    request = ask(world)
    desk.post("intake-throw", data={"ids": [request.pk]})
    page = words(desk.get("intake-request", request.reference))
    assert "Reprendre de la corbeille" in page
    assert "Enregistrer la correction" not in page
    assert f"Mise à la corbeille par {world.by.name}" in page


def test_another_organisation_does_not_know_it(stranger, world):
    request = ask(world)
    assert stranger.get("intake-request", request.reference).status_code == 404
    assert stranger.get("intake-request", "PR-JAMAISVU").status_code == 404


def test_reading_writes_nothing(desk, world, django_assert_num_queries):
    request = ask(world)
    before = list(Request.objects.values())
    desk.get("intake-request", request.reference)
    assert list(Request.objects.values()) == before


@pytest.mark.parametrize("value", ["\r\nBcc: x@y.fr", "<script>alert(1)</script>", "a" * 300])
def test_odd_values_do_no_harm(desk, world, value):
    request = ask(world)
    answer = correct(desk, request, legal_name=f"Maison{value}")
    assert answer.status_code in (200, 422)
    assert b"<script>alert" not in answer.content
    assert "\n" not in Request.objects.get().legal_name
