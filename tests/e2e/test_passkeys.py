"""A passkey in a real browser: added, named, shown alone, shown after the password, removed; no policy broken."""

import pytest
from allauth.mfa.models import Authenticator

from comptoir.mail.models import Message
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, make_organisation, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(live_server):
    made = make_staff(make_organisation("loire"))
    made.base = f"{live_server.url}/loire/compte/"
    return made


@pytest.fixture
def key(page):
    """A phone's own key, unlocked by its owner, as Chromium simulates it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.unlock = lambda opens: devtools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": opens}
    )
    return page


def with_password(page, person):
    page.goto(f"{person.base}connexion/")
    page.get_by_label("Identifiant ou adresse de courriel").fill(person.user.login)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def leave(page, person):
    page.goto(f"{person.base}deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()


def added(page, person):
    with_password(page, person)
    page.wait_for_url("**/bureau/")
    page.goto(f"{person.base}cles/ajouter/")
    if page.get_by_label("Mot de passe").count():
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de la clé").fill("Téléphone")
    page.get_by_role("button", name="Créer la clé").click()
    page.wait_for_url("**/secours/")


def test_added_then_it_alone_lets_in(key, person):
    heard = overheard(key)
    added(key, person)
    key.goto(f"{person.base}cles/")
    assert key.get_by_text("pas encore utilisée").count() == 1
    assert faults_of(key) == []
    leave(key, person)
    key.goto(f"{person.base}connexion/")
    assert faults_of(key) == []
    key.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    key.wait_for_url("**/bureau/")
    assert Authenticator.objects.get(type="webauthn").last_used_at
    assert "clé d’accès vient d’être ajoutée" in Message.objects.filter(kind="account-notice").first().text
    assert heard == []


def test_after_the_password_it_is_asked_for(key, person):
    added(key, person)
    leave(key, person)
    with_password(key, person)
    key.wait_for_url("**/double-verification/code/")
    assert faults_of(key) == []
    key.get_by_role("button", name="Montrer ma clé d’accès").click()
    key.wait_for_url("**/bureau/")


def test_a_key_that_stays_locked_lets_nobody_in_and_says_so(key, person):
    added(key, person)
    leave(key, person)
    key.unlock(False)
    key.goto(f"{person.base}connexion/")
    key.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    key.get_by_text("La clé n’a pas répondu").wait_for()
    assert key.url.endswith("/connexion/")


def test_renamed_then_removed(key, person):
    added(key, person)
    key.goto(f"{person.base}cles/")
    key.get_by_role("link", name="Téléphone").click()
    assert faults_of(key) == []
    key.get_by_label("Nom de la clé").fill("Ordinateur")
    key.get_by_role("button", name="Enregistrer le nom").click()
    key.get_by_text("Ordinateur").first.wait_for()
    key.get_by_role("link", name="Ordinateur").click()
    key.get_by_role("link", name="Retirer cette clé").click()
    assert faults_of(key) == []
    key.get_by_role("button", name="Retirer la clé").click()
    key.get_by_text("La clé d’accès est retirée").wait_for()
    assert not Authenticator.objects.exists()
