"""The organisation's own words: checked, versioned, brought back; mails queued from then on use them."""

import pytest

from comptoir.base.errors import Forbidden, Missing, Several
from comptoir.mail import commands, queries
from comptoir.mail.commands import StaleModel
from comptoir.mail.parsing import UnknownVariable
from tests.factories import NOW, actor_of, make_organisation, make_staff
from tests.mail.made import queue

pytestmark = pytest.mark.django_db
OWN = {"subject": "Numéro {numero_client}", "body": "Bonjour {contact},\r\n\r\nVoici {numero_client}."}


@pytest.fixture
def by(organisation):
    return actor_of(make_staff(organisation))


def change(by, after=0, kind="client-number", language="fr", **words):
    return commands.change_model(kind=kind, language=language, after=after, by=by, at=NOW, **(OWN | words))


def test_own_words_are_in_force_for_the_next_mail(organisation, by):
    before = queue(organisation)
    assert change(by) == 1
    assert queue(organisation).subject == "Numéro C000482"
    assert before.subject != "Numéro C000482"
    assert queue(organisation, language="en").subject == "Your client number: C000482"
    assert queue(make_organisation()).subject == before.subject


def test_every_version_is_kept_and_the_first_words_come_back(organisation, by):
    change(by)
    change(by, after=1, subject="Le {numero_client}")
    assert commands.restore_model(kind="client-number", language="fr", after=2, by=by, at=NOW) == 3
    assert queue(organisation).subject == "Votre numéro client\u00a0: C000482"
    kept = queries.versions("client-number", "fr", seen_by=by)
    assert [(one.version, one.is_default) for one in kept] == [(3, True), (2, False), (1, False)]
    listed = {(one.kind.code, one.language): one for one in queries.mail_models(seen_by=by)}
    assert (listed["client-number", "fr"].number, listed["client-number", "fr"].is_own) == (3, False)


def test_an_unknown_variable_is_refused_by_name(organisation, by):
    with pytest.raises(UnknownVariable) as refusal:
        change(by, body="{numero_client} {prenom} {prenom} {x}")
    assert "{prenom}, {x}" in refusal.value.sentence
    assert refusal.value.field == "body"


def test_all_that_is_wrong_is_said_at_once(organisation, by):
    with pytest.raises(Several) as refusal:
        change(by, subject="", body="Bonjour {inconnu}")
    assert [(one.field, one.code) for one in refusal.value.refusals] == [
        ("subject", "invalid"), ("body", "unknown-variable"), ("body", "invalid"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [({"body": "Bonjour", "subject": "x"}, "{numero_client}"), ({"body": "{numero_client}" + "x" * 20_000}, "20000"),
     ({"subject": "a\nb {numero_client}"}, "seule ligne")],
)  # fmt: skip
def test_refused_words(words, said, organisation, by):
    with pytest.raises(Exception, match=said.replace("{", r"\{").replace("}", r"\}")):
        change(by, **words)


def test_two_at_once_are_told_apart(organisation, by):
    change(by)
    assert change(by) == 1  # a double click is one change
    with pytest.raises(StaleModel):
        change(by, subject="Autre {numero_client}")
    with pytest.raises(StaleModel):
        commands.restore_model(kind="client-number", language="fr", after=0, by=by, at=NOW)


@pytest.mark.parametrize("role", ["sales_rep", "assistant", "manager"])
def test_administrators_only(role, organisation):
    with pytest.raises(Forbidden):
        change(actor_of(make_staff(organisation, role)))


@pytest.mark.parametrize(("kind", "language"), [("rien", "fr"), ("client-number", "de")])
def test_no_such_model(kind, language, organisation, by):
    with pytest.raises(Missing):
        change(by, kind=kind, language=language)
