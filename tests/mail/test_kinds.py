"""Every kind of mail is complete in two languages, and written as one writes French."""

import re

import pytest
from django.utils.translation import override

from comptoir.base.speaking import ENGLISH, FRENCH
from comptoir.mail import parsing
from comptoir.mail.kinds import KINDS
from comptoir.mail.render import Look, compiled
from comptoir.mail.wording.kind import LANGUAGES

LOOK = Look("Loire Formation", "#1f5f6b", "#1f5f6b", ("12, quai de la Fosse, 44000 Nantes",))
EVERY = [
    pytest.param(kind, language, id=f"{code}-{language}") for code, kind in KINDS.items() for language in LANGUAGES
]
LINK = "https://inscriptions.exemple.fr/loire/"


def rendered(kind, language):
    context = {one.code: one.sample for one in kind.variables}
    with override(language):
        return compiled(LOOK, kind.words(language), kind.code, language).render(context, (str(kind.button), LINK))


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_its_own_words_would_be_accepted(kind, language):
    parsing.check(kind.words(language), kind, language)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_sample_leaves_nothing_open(kind, language):
    mail = rendered(kind, language)
    whole = mail.subject + mail.text + mail.html
    assert not re.search(r"[{}\ue000-\ue003]", re.sub(r"<style.*?</style>", "", whole))
    assert LINK in mail.text
    assert f'href="{LINK}"' in mail.html
    assert len(mail.html) < 4096


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_both_languages_use_the_same_variables(kind, language):
    used = {known.code for name, known in parsing.names(kind).items() if f"{{{name}}}" in kind.words(language).body}
    declared = {one.code for one in kind.variables}
    assert used & declared <= declared
    assert set(kind.needed) <= {
        known.code
        for name, known in parsing.names(kind).items()
        if f"{{{name}}}" in kind.words(language).subject + kind.words(language).body
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_french_is_set_as_french_is(kind):
    words = kind.french.subject + "\n" + kind.french.body
    assert re.findall(r"[^\u00a0\n]:(?!//)|[^\u202f][;!?»]|«[^\u202f]|'", words) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_names_are_those_of_each_language(kind):
    known = parsing.names(kind)
    for language in (FRENCH, ENGLISH):
        words = kind.words(language)
        for name in re.findall(r"\{([^}]*)\}", words.subject + words.body):
            assert name == known[name].name(language)
