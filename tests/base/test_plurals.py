"""French counts one from zero on: « 0 ligne », « 1 ligne », « 2 lignes »; in Python and in templates."""

import gettext

import pytest
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import ngettext

from tests.house.source import PRODUCT
from tools import plurals

COUNTED = "{%% blocktranslate count n=count %%}%s{%% plural %%}%s{%% endblocktranslate %%}"


def our_catalogue():
    """It alone, as gettext reads it."""
    with (PRODUCT / "locale/fr/LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def asked_by(path):
    """The sentences that Django will look up for the template, by its own reading of it."""
    for node in engines["django"].from_string(path.read_text()).template.nodelist.get_nodes_by_type(BlockTranslateNode):
        if node.plural is None:
            yield node.render_token_list(node.singular)[0]


def test_sentences_are_found_at_once_and_say_themselves():
    said = [sentence for path in PRODUCT.rglob("*.html") for sentence in asked_by(path)]
    said += [pair[0] for path in PRODUCT.rglob("*.py") for pair in plurals.of_python(path) if not pair[1]]
    said += ["Votre panier est vide\u00a0: choisissez une session dans le catalogue."]
    catalogue = our_catalogue()._catalog
    assert len(said) > 2000
    assert [sentence for sentence in said if catalogue.get(sentence) != sentence] == []


@pytest.mark.parametrize(("count", "said"), [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes"), (1000, "1000 lignes")])
def test_a_sentence_is_counted_as_french_does(count, said):
    assert ngettext("%(n)s ligne", "%(n)s lignes", count) % {"n": count} == said


def test_templates_count_the_same():
    pairs = [pair for path in PRODUCT.rglob("*.html") for pair in plurals.of_template(path)]
    one, many = min((one, many) for one, many in pairs if many)
    catalogue = our_catalogue()
    assert [catalogue.ngettext(one, many, count) for count in (0, 1, 2)] == [one, one, many]
    shown = engines["django"].from_string(COUNTED % ("{{ n }} personne", "{{ n }} personnes"))
    assert [shown.render({"count": count}) for count in (0, 1, 2)] == ["0 personne", "1 personne", "2 personnes"]


def test_the_catalogue_is_fresh(monkeypatch):
    monkeypatch.setattr("sys.argv", ["plurals", "--check"])
    assert plurals.main() == 0
