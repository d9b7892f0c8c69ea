"""The tray's pages: found, paged, each mail as it reads, sent again; for those who work the intake."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.mail.models import Message
from comptoir.mail.states import MailState
from tests.factories import NOW, make_organisation
from tests.mail.made import queue, samples

TRAY = "/loire/bureau/messages/"


def page(row, tail=""):
    return f"{TRAY}{row.pk}/{tail}"


def text(response):
    return response.content.decode()


def test_the_tray_lists_what_was_written(organisation, signed_in):
    queue(organisation, to=["claire@exemple.fr", "b@exemple.fr"])
    queue(organisation, to=["n/a"])
    shown = text(signed_in("assistant").get(TRAY))
    assert "claire@exemple.fr et 1 autre" in shown
    assert "Refusé" in shown
    assert "En file d’attente" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("?state=refused", 1), ("?state=sent", 0), ("?text=CLAIRE@", 1), ("?kind=password-link", 0),
     ("?state=nimporte&kind=quoi&text=" + "x" * 300, 2), ("?page=99", 2), ("?page=x&per_page=7", 2)],
)  # fmt: skip
def test_it_is_narrowed_by_its_address(query, found, organisation, signed_in):
    for to in (["claire@exemple.fr"], ["n/a"]):
        queue(organisation, to=to)
    response = signed_in().get(TRAY + query)
    assert response.status_code == 200
    assert text(response).count('href="/loire/bureau/messages/') - text(response).count("messages/modeles/") >= found
    assert ("Aucun message" in text(response)) == (found == 0)


def test_the_tray_costs_the_same_for_any_number_of_mails(organisation, signed_in):
    client, costs = signed_in(), []
    for count in (1, 29):
        for _ in range(count):
            queue(organisation)
        with CaptureQueriesContext(connection) as queries:
            client.get(TRAY)
        costs.append(len(queries))
    assert costs[0] == costs[1] < 16  # four of them are ours: the page, its count, the states, the rail's number


def test_a_mail_is_shown_with_its_fate(organisation, signed_in):
    row = queue(organisation, cc=["copie@exemple.fr"], about="PR-1")
    Message.objects.update(
        state="sent", next_at=None, sent_at=NOW + timedelta(hours=3),
        fate=[{"at": (NOW + timedelta(hours=3)).isoformat(), "what": "sent", "said": "250 pris <ok>"}],
    )  # fmt: skip
    shown = text(signed_in().get(page(row)))
    for words in (
        "copie@exemple.fr",
        "PR-1",
        "parti avec retard",
        "Le serveur l’a pris en charge.",
        "250 pris &lt;ok&gt;",
    ):
        assert words in shown
    assert f'src="/loire/bureau/messages/{row.pk}/html/" sandbox' in shown


def test_its_html_is_shut_in_a_policy_of_its_own(organisation, signed_in):
    context = samples("preregistration-contact") | {"contact": "<script>alert(1)</script>"}
    row = queue(organisation, kind="preregistration-contact", context=context)
    response = signed_in().get(page(row, "html/"))
    policy = response["Content-Security-Policy"]
    assert text(response) == row.html
    assert "<script" not in text(response)
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]


def test_a_refused_mail_is_sent_again_to_the_corrected_address(organisation, signed_in):
    row = queue(organisation, to=["claire@exmple"])
    response = signed_in("sales_rep").post(
        page(row, "renvois/"), {"to": "claire@exemple.fr; b@exemple.fr"}, follow=True
    )
    row.refresh_from_db()
    assert (row.state, row.to) == (MailState.QUEUED, ["claire@exemple.fr", "b@exemple.fr"])
    assert "Le message repart dans un instant" in text(response)
    assert "Renvoyé par Camille Vasseur." in text(response)


@pytest.mark.parametrize("typed", ["", "claire", "a@exemple.fr, b@", "a@exemple.fr\r\nBcc: x@y.fr"])
def test_a_wrong_correction_is_told_and_kept(typed, organisation, signed_in):
    row = queue(organisation)
    response = signed_in().post(page(row, "renvois/"), {"to": typed})
    assert response.status_code == 422
    assert typed.partition("\r")[0] in text(response)
    assert 'class="error"' in text(response)
    row.refresh_from_db()
    assert row.to == ["claire@exemple.fr"]


def test_a_mail_is_let_go(organisation, signed_in):
    row = queue(organisation)
    client = signed_in()
    assert "ne partira plus" in text(client.post(page(row, "abandon/"), follow=True))
    row.refresh_from_db()
    assert row.state == MailState.CANCELLED
    Message.objects.update(state="sent", next_at=None)
    assert client.post(page(row, "abandon/")).status_code == 409


def test_a_secret_mail_shows_no_link_and_is_not_sent_again(organisation, signed_in, settings):
    settings.PUBLIC_URL = "https://inscriptions.exemple.fr"
    link = ("Choisir", "https://inscriptions.exemple.fr/loire/compte/secret-abcdef/")
    row = queue(organisation, kind="password-link", context=samples("password-link"), button=link)
    client = signed_in()
    whole = text(client.get(page(row))) + text(client.get(page(row, "html/")))
    assert "secret-abcdef" not in whole
    assert "Renvoyer le message" not in whole
    assert client.post(page(row, "renvois/"), {"to": "moi@exemple.fr"}).status_code == 422


@pytest.mark.parametrize("tail", ["", "html/", "renvois/", "abandon/"])
def test_another_organisations_mail_does_not_exist(tail, organisation, signed_in):
    row = queue(make_organisation("autre"))
    client = signed_in()
    send = client.post if tail in ("renvois/", "abandon/") else client.get
    assert send(page(row, tail), {"to": "a@exemple.fr"}).status_code == 404
    assert signed_in(place=row.organisation).get(TRAY).status_code == 404


@pytest.mark.parametrize("tail", ["", "html/"])
def test_managers_and_strangers_stay_out(tail, organisation, signed_in, client):
    row = queue(organisation)
    assert signed_in("manager").get(page(row, tail)).status_code == 403
    assert signed_in("manager").get(TRAY).status_code == 403
    assert client.get(page(row, tail)).status_code == 302


@pytest.mark.parametrize("tail", ["renvois/", "abandon/"])
def test_looking_changes_nothing(tail, organisation, signed_in):
    row = queue(organisation)
    assert signed_in().get(page(row, tail)).status_code == 405
