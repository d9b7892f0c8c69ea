"""A model's older versions come back; its preview is filled from a real mail; a typed value is never read again."""

import pytest

from comptoir.base.errors import Forbidden, Missing
from comptoir.journal.models import Entry
from comptoir.mail import commands, erasing, parsing, queries, render
from comptoir.mail.kinds import KINDS
from comptoir.mail.models import Message
from comptoir.mail.wording.kind import Words
from tests.factories import NOW, actor_of, make_organisation, make_staff
from tests.mail.made import queue

pytestmark = pytest.mark.django_db
KIND = {"kind": "client-number", "language": "fr"}
TYPED = "<b>{{organisme}}</b> {bouton}"


@pytest.fixture
def organisation():
    return make_organisation("loire")


@pytest.fixture
def by(organisation):
    return actor_of(make_staff(organisation))


def change(by, subject, after):
    words = {"subject": subject, "body": "Bonjour {contact}, {numero_client}"}
    return commands.change_model(**KIND, **words, after=after, by=by, at=NOW)


def test_an_older_version_comes_back_as_one_more(by):
    change(by, "Un {numero_client}", 0)
    change(by, "Deux {numero_client}", 1)
    assert commands.bring_back_version(**KIND, version=1, after=2, by=by, at=NOW) == 3
    assert queries.mail_model(**KIND, seen_by=by).words.subject == "Un {numero_client}"
    assert Entry.objects.latest("pk").detail["back_to"] == 1
    commands.restore_model(**KIND, after=3, by=by, at=NOW)
    change(by, "Cinq {numero_client}", 4)
    commands.bring_back_version(**KIND, version=4, after=5, by=by, at=NOW)
    assert not queries.mail_model(**KIND, seen_by=by).is_own


def test_bringing_back_refuses(by, organisation):
    change(by, "Un {numero_client}", 0)
    change(by, "Deux {numero_client}", 1)
    with pytest.raises(Missing):
        commands.bring_back_version(**KIND, version=9, after=2, by=by, at=NOW)
    with pytest.raises(commands.StaleModel):
        commands.bring_back_version(**KIND, version=1, after=1, by=by, at=NOW)
    with pytest.raises(Forbidden):
        commands.bring_back_version(
            **KIND, version=1, after=2, by=actor_of(make_staff(organisation, "assistant")), at=NOW
        )


def test_an_unknown_variable_is_told_with_the_nearest_known_one():
    with pytest.raises(parsing.UnknownVariable) as told:
        parsing.check(Words("{numero_client}", "{contatc} {xyzzy}"), KINDS["client-number"], "fr")
    assert "Au lieu de {contatc}, vouliez-vous dire {contact}" in told.value.sentence
    assert "{xyzzy}" in told.value.sentence
    assert "Au lieu de {xyzzy}" not in told.value.sentence


def test_a_preview_is_filled_from_the_latest_mail_of_the_organisation(by, organisation):
    kind = KINDS["client-number"]
    assert queries.real_values(kind, "fr", seen_by=by) is None
    made = queue(organisation)
    assert queries.real_values(kind, "fr", seen_by=by) == made
    assert queries.real_values(kind, "fr", seen_by=actor_of(make_staff(make_organisation("autre")))) is None
    Message.objects.update(values={"contact": "Claire"})  # from before a variable was added
    assert queries.real_values(kind, "fr", seen_by=by) is None


def test_what_was_kept_is_erased_with_the_mail(by, organisation):
    made = queue(organisation)
    Message.objects.update(about="PR-1")
    erasing.erase(["PR-1"], organisation_id=organisation.pk)
    made.refresh_from_db()
    assert made.values == {}


def filled(words):
    kind, look = KINDS["client-number"], render.look_of(make_organisation("rives"))
    values = {one.code: one.sample for one in kind.variables} | {"contact": TYPED}
    return render.compiled(look, words, kind.code, "fr").render(values, ("Ouvrir", "https://x.test/"))


def test_a_name_holding_markup_or_braces_is_shown_as_typed():
    made = filled(Words("{numero_client} {contact}", "Bonjour {contact} {numero_client}"))
    assert TYPED in made.subject
    assert TYPED in made.text
    assert "&lt;b&gt;{{organisme}}&lt;/b&gt; {bouton}" in made.html


@pytest.mark.fault
def test_sabotage_a_value_put_in_before_the_words_are_read_is_taken_for_a_variable():
    made = filled(Words("{numero_client}", f"Bonjour {TYPED} {{numero_client}}"))
    assert TYPED not in made.text


@pytest.mark.fault
def test_sabotage_without_escaping_markup_is_run(monkeypatch):
    monkeypatch.setattr(render, "escape", lambda value: value)
    assert "<b>" in filled(Words("{numero_client}", "{contact} {numero_client}")).html


def test_the_nearest_variable_is_of_the_language_one_writes_in():
    for language, near in (("fr", "{organisme}"), ("en", "{organisation}")):
        with pytest.raises(parsing.UnknownVariable) as told:
            parsing.check(Words("{organis}", "{numero_client}"), KINDS["client-number"], language)
        assert near in told.value.sentence
