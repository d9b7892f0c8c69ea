"""French counts one from zero on: « 0 ligne », « 1 ligne », « 2 lignes »; in Python and in templates."""

import gettext

import pytest
from django.template import engines
from django.utils.translation import ngettext

from tests.house.source import PRODUCT
from tools import plurals

COUNTED = "{%% blocktranslate count n=count %%}%s{%% plural %%}%s{%% endblocktranslate %%}"


@pytest.mark.parametrize(("count", "said"), [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes"), (1000, "1000 lignes")])
def test_a_sentence_is_counted_as_french_does(count, said):
    assert ngettext("%(n)s ligne", "%(n)s lignes", count) % {"n": count} == said


def test_templates_count_the_same():
    one, many = next(iter(sorted(pair for path in PRODUCT.rglob("*.html") for pair in plurals.of_template(path))))
    with (PRODUCT / "locale/fr/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert [catalogue.ngettext(one, many, count) for count in (0, 1, 2)] == [one, one, many]
    shown = engines["django"].from_string(COUNTED % ("{{ n }} personne", "{{ n }} personnes"))
    assert [shown.render({"count": count}) for count in (0, 1, 2)] == ["0 personne", "1 personne", "2 personnes"]


def test_the_catalogue_is_fresh(monkeypatch):
    monkeypatch.setattr("sys.argv", ["plurals", "--check"])
    assert plurals.main() == 0
