"""« Modèles de mail »: changed by administrators, seen before they are saved, brought back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.mail.models import MailModel
from tests.factories import make_organisation
from tests.mail.made import queue

MODELS = "/loire/bureau/messages/modeles/"
ONE = f"{MODELS}client-number/fr/"
OWN = {"subject": "Votre numéro : {numero_client}", "body": "Bonjour {contact},\r\n\r\n{numero_client}", "after": 0}


def text(response):
    return response.content.decode()


def test_every_kind_is_listed_with_what_is_in_force(organisation, signed_in):
    client = signed_in()
    client.post(ONE, OWN)
    shown = text(client.get(MODELS))
    assert "Votre texte, version 1" in shown
    assert "Récapitulatif de la pré-inscription" in shown


def test_changed_words_leave_with_the_next_mail(organisation, signed_in):
    client = signed_in()
    response = client.post(ONE, OWN, follow=True)
    assert "Les prochains messages partiront avec ces mots." in text(response)
    assert "Version 1" in text(response)
    assert queue(organisation).subject == "Votre numéro : C000482"


def test_a_double_click_makes_one_version(organisation, signed_in):
    client = signed_in()
    assert [client.post(ONE, OWN).status_code for _ in range(2)] == [302, 302]
    assert MailModel.objects.count() == 1


def test_what_somebody_else_changed_is_not_overwritten(organisation, signed_in):
    signed_in().post(ONE, OWN)
    response = signed_in().post(ONE, OWN | {"subject": "Autre {numero_client}"})
    assert response.status_code == 422
    assert "par quelqu’un d’autre" in text(response)
    assert "Autre {numero_client}" in text(response)


def test_every_fault_is_named_and_what_was_typed_stays(organisation, signed_in):
    response = signed_in().post(ONE, OWN | {"subject": "{oups}", "body": "{prenom} <b>"})
    assert response.status_code == 422
    for words in ("{oups}", "{prenom}", "{numero_client}", "{prenom} &lt;b&gt;"):
        assert words in text(response)
    assert text(response).count('class="error"') == 3
    assert not MailModel.objects.exists()


def test_the_preview_shows_what_is_typed_and_keeps_nothing(organisation, signed_in):
    client = signed_in()
    response = client.post(f"{ONE}apercu/", OWN | {"body": "<b> {numero_client} {contact}"})
    assert "&lt;b&gt; C000482 Claire Lefèvre" in text(response)
    assert "sandbox" in response["Content-Security-Policy"]
    assert not MailModel.objects.exists()
    assert "a désormais un numéro client" in text(client.get(f"{ONE}apercu/"))
    assert "now has a client number" in text(client.get(f"{MODELS}client-number/en/apercu/"))


def test_the_preview_says_what_is_wrong(organisation, signed_in):
    response = signed_in().post(f"{ONE}apercu/", {"subject": "", "body": "{<script>}"})
    assert response.status_code == 422
    assert "{&lt;script&gt;}" in text(response)


def test_the_first_words_come_back(organisation, signed_in):
    client = signed_in()
    client.post(ONE, OWN)
    response = client.post(f"{ONE}origine/", {"after": "1"}, follow=True)
    assert "Le texte d’origine est de nouveau en vigueur." in text(response)
    assert queue(organisation).subject.startswith("Votre numéro client")
    assert OWN["subject"] in text(client.get(f"{ONE}versions/1/"))


@pytest.mark.parametrize("tail", ["", "apercu/", "origine/", "versions/1/"])
def test_administrators_only(tail, organisation, signed_in):
    method = "post" if tail == "origine/" else "get"
    for role in ("assistant", "sales_rep", "manager"):
        assert getattr(signed_in(role), method)(ONE + tail).status_code == 403


def test_one_organisations_words_are_not_anothers(organisation, signed_in):
    other = make_organisation("autre")
    signed_in(place=other).post(ONE.replace("loire", "autre"), OWN)
    client = signed_in()
    assert "Votre texte" not in text(client.get(MODELS))
    assert client.get(f"{ONE}versions/1/").status_code == 404


@pytest.mark.parametrize("path", ["rien/fr/", "client-number/de/", "client-number/fr/versions/9/"])
def test_what_does_not_exist(path, organisation, signed_in):
    assert signed_in().get(MODELS + path).status_code == 404


def test_a_model_costs_the_same_with_any_history(organisation, signed_in):
    client, costs = signed_in(), []
    for number in range(4):
        client.post(ONE, OWN | {"after": number, "subject": f"{number} {{numero_client}}"})
        with CaptureQueriesContext(connection) as queries:
            client.get(ONE)
        costs.append(len(queries))
    assert len(set(costs)) == 1
