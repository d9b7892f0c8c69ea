"""The platform: its first page, the operator's pages without personal data, /health."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError

from comptoir.base import heartbeat
from comptoir.base.demo import PASSWORD
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations.models import Organisation, Staff
from tests.factories import make_client, make_contact, make_organisation, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    client.force_login(make_user(is_operator=True))
    return client


def said(page):
    return page.content.decode()


def test_the_first_page_names_nobody(client):
    make_organisation("loire", name="Loire Formation")
    page = said(client.get("/"))
    assert "Loire Formation" not in page
    assert "/compte/connexion/" in page


def test_in_the_demo_it_says_where_to_go_and_as_whom(client, settings):
    settings.DEMO = True
    organisation = make_organisation("loire", name="Loire Formation")
    make_staff(organisation, "assistant", user=make_user("marie.assistante"))
    make_staff(organisation, user=make_user("partie"), is_active=False)
    make_contact(make_client(organisation, "Ateliers du Lac"), user=make_user("claire.lefevre"))
    make_user("exploitant", is_operator=True)
    page = said(client.get("/"))
    for words in (
        'href="/loire/"',
        'href="/loire/bureau/"',
        "marie.assistante",
        "claire.lefevre",
        "exploitant",
        PASSWORD,
    ):
        assert words in page
    assert "partie" not in page


def test_outside_the_demo_no_account_is_named(client):
    make_staff(make_organisation("loire"), user=make_user("marie.assistante"))
    page = said(client.get("/"))
    assert "marie.assistante" not in page
    assert PASSWORD not in page


def test_an_organisation_is_opened_with_its_administrator(operator):
    fields = {"name": "Rhône Secours", "slug": "rhone", "login": "roux.paul", "email": "paul@exemple.fr"}
    assert operator.post("/plateforme/nouvel-organisme/", fields).url == "/plateforme/organismes/rhone/"
    assert Staff.objects.get(organisation__slug="rhone").role == "administrator"
    assert Message.objects.get().to == ["paul@exemple.fr"]
    assert operator.get("/rhone/").status_code == 200
    assert "Rhône Secours" in said(operator.get("/plateforme/"))


def test_both_or_neither(operator):
    make_user("prise", email="prise@exemple.fr")
    fields = {"name": "Rhône", "slug": "rhone", "login": "prise", "email": "autre@exemple.fr"}
    page = operator.post("/plateforme/nouvel-organisme/", fields)
    assert page.status_code == 422
    assert 'value="Rhône"' in said(page)
    assert not Organisation.objects.exists()
    assert operator.post("/plateforme/nouvel-organisme/", {**fields, "slug": "compte", "login": "x"}).status_code == 422


def test_closed_and_opened_again(operator):
    make_organisation("loire")
    operator.post("/plateforme/organismes/loire/etat/", {"is_active": "0"})
    assert operator.get("/loire/").status_code == 404
    assert operator.get("/plateforme/organismes/loire/").status_code == 200
    operator.post("/plateforme/organismes/loire/etat/", {"is_active": "1"})
    assert operator.get("/loire/").status_code == 200
    assert Entry.objects.filter(what__startswith="organisation.").count() == 2


def test_a_host_is_given_or_refused_in_words(operator, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "inscriptions.exemple.fr"]
    make_organisation("loire")
    path = "/plateforme/organismes/loire/hote/"
    refused = operator.post(path, {"host": "ailleurs.exemple.fr"})
    assert refused.status_code == 422
    assert "COMPTOIR_HOSTS" in said(refused)
    assert operator.post(path, {"host": "inscriptions.exemple.fr"}).status_code == 302
    assert operator.get("/", headers={"host": "inscriptions.exemple.fr"}).context["organisation"].slug == "loire"
    assert operator.get("/plateforme/", headers={"host": "inscriptions.exemple.fr"}).status_code == 404


def test_an_administrator_is_named_while_there_is_none(operator):
    make_organisation("loire")
    path = "/plateforme/organismes/loire/administrateur/"
    assert operator.post(path, {"login": "roux.paul", "email": "paul@exemple.fr"}).status_code == 302
    assert operator.post(path, {"login": "second", "email": "second@exemple.fr"}).status_code == 422
    assert Staff.objects.count() == 1


def test_the_operator_sees_nothing_personal(operator):
    """Canaries of staff and clients are on no page of the platform, and no desk opens."""
    organisation = make_organisation("loire")
    user = make_user("canari.login", email="canari@exemple.test", first_name="Canari", last_name="Jaune")
    make_staff(organisation, user=user)
    make_contact(make_client(organisation, "Canari SARL"), "canari@client.test")
    for path in (
        "/plateforme/",
        "/plateforme/organismes/loire/",
        "/plateforme/nouvel-organisme/",
        "/compte/",
        "/health",
    ):
        assert "canari" not in said(operator.get(path)).lower(), path
    assert operator.get("/loire/bureau/").status_code == 404


@pytest.fixture
def place(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


def beat(place, at, **rounds):
    heartbeat.beat(heartbeat.own_file(place), rounds, at=at)


def health(client):
    answer = client.get("/health")
    return answer.status_code, json.loads(answer.content)


def test_health_with_everything_at_work(client, place):
    from django.utils import timezone

    make_organisation("loire")
    beat(place, timezone.now())
    ok = {"database": "ok", "spool": "ok", "mail": "ok", "rounds": "ok"}
    assert health(client) == (200, {"status": "ok", "checks": ok})
    assert client.head("/health").status_code == 200
    assert client.post("/health").status_code == 405


def test_health_without_rounds_is_degraded_and_still_serves(client, place):
    status, answer = health(client)
    assert (status, answer["status"], answer["checks"]["rounds"]) == (200, "degraded", "silent")


def test_health_with_a_spool_that_is_gone_is_broken(client, place):
    make_organisation("loire", spool_folder=str(place / "absent"))
    status, answer = health(client)
    assert (status, answer["status"], answer["checks"]["spool"]) == (503, "broken", "broken")


def test_health_with_old_mail_is_late(client, place):
    from django.utils import timezone

    from comptoir.mail import commands as mail

    context = {"contact": "Claire", "client": "Ateliers", "client_number": "C1"}
    mail.queue(
        organisation_id=make_organisation("loire").pk, kind="client-number", key="a", to=["a@b.fr"], context=context,
        at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    assert health(client)[1]["checks"]["mail"] == "late"


def test_health_without_a_database_is_broken_and_quick(client, place, monkeypatch):
    from comptoir.web.platform import health as module

    class Gone:
        def cursor(self):
            raise DatabaseError("gone")

    monkeypatch.setattr(module, "connection", Gone())
    assert health(client) == (503, {"status": "broken", "checks": {"database": "broken"}})


def test_health_takes_no_name_from_a_slug(client):
    """An organisation whose name begins like an address of the platform is served."""
    for slug in ("healthy", "statiques", "comptes"):
        make_organisation(slug)
        assert client.get(f"/{slug}/").status_code == 200
