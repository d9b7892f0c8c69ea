"""The terms of sale: versions that follow each other and never change."""

import pytest

from comptoir.base.errors import Forbidden, Invalid
from comptoir.catalogue import queries
from comptoir.catalogue.commands.terms import LONGEST, publish_terms
from comptoir.journal.models import Entry
from tests.factories import NOW, actor_of, make_staff


def test_a_version_follows_another_and_the_same_text_is_no_new_one(by, stranger):
    assert queries.current_terms(by.organisation_id) is None
    texts = ("Article 1\r\nPayer.", "Article 1\nPayer.", "Article 1\nPayer à temps.")
    assert [publish_terms(text=text, by=by, at=NOW) for text in texts] == [1, 1, 2]
    assert [(one.version, one.text) for one in queries.terms(seen_by=by)] == [
        (2, "Article 1\nPayer à temps."), (1, "Article 1\nPayer."),
    ]  # fmt: skip
    assert queries.current_terms(by.organisation_id).version == 2
    assert not queries.terms(seen_by=stranger)
    assert publish_terms(text="Les nôtres.", by=stranger, at=NOW) == 1
    assert Entry.objects.filter(what="terms.published").count() == 3


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_empty_or_endless_terms_are_refused(by, text):
    with pytest.raises(Invalid) as refused:
        publish_terms(text=text, by=by, at=NOW)
    assert refused.value.field == "text"


@pytest.mark.parametrize("role", ["assistant", "sales_rep", "manager"])
def test_only_administrators_publish_terms(organisation, role):
    with pytest.raises(Forbidden):
        publish_terms(text="Article 1", by=actor_of(make_staff(organisation, role)), at=NOW)
