"""What the product says, in French and in English: every sentence is found, counted as its language counts."""

import gettext

import pytest
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import gettext as say
from django.utils.translation import ngettext, override

from comptoir.web.shared.templatetags.constant import Words
from tests.house.source import PRODUCT
from tools import catalogues, sentences

COUNTED = "{%% blocktranslate count n=count %%}%s{%% plural %%}%s{%% endblocktranslate %%}"
TEMPLATES = sorted(PRODUCT.rglob("*.html"))


def our_catalogue(language):
    """It alone, as gettext reads it."""
    with (PRODUCT / f"locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def asked_by(path):
    """The sentences that Django will look up for the template, by its own reading of it."""
    nodes = engines["django"].from_string(path.read_text()).template.nodelist
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        if node.plural is None:
            yield node.render_token_list(node.singular)[0]
    for node in nodes.get_nodes_by_type(Words):
        yield node._node.filter_expression.var.literal.replace("%", "%%")


@pytest.fixture(scope="module")
def said():
    """Every sentence that is no other's plural."""
    found = {sentence for path in TEMPLATES for sentence in asked_by(path)}
    return found | {pair[0] for path in PRODUCT.rglob("*.py") for pair in sentences.of_python(path) if not pair[1]}


def test_sentences_are_found_at_once_and_say_themselves(said):
    catalogue = our_catalogue("fr")._catalog
    assert len(said) > 3000
    assert [sentence for sentence in said if catalogue.get(sentence) != sentence] == []


def test_each_has_its_english(said):
    catalogue = our_catalogue("en")._catalog
    assert [sentence for sentence in said if not catalogue.get(sentence)] == []


def test_english_is_complete_and_keeps_every_placeholder():
    assert catalogues.faults(catalogues.english(), sentences.found()) == []


@pytest.mark.parametrize(
    ("french", "english", "fault"),
    [
        (("Il reste %(n)s place.", ""), ("",), "no English"),
        (("Il reste %(n)s place.", ""), ("One seat is left.",), "other placeholders or tags"),
        (("Au plus {most}.", ""), ("At most {many}.",), "other placeholders or tags"),
        (("<b>Non</b>", ""), ("No",), "other placeholders or tags"),
        (("« Non »", ""), ("« No »",), "French quotes or spaces"),
        (("%(n)s place", "%(n)s places"), ("%(n)s seat", ""), "no English"),
    ],
)
def test_what_keeps_english_from_being_complete_is_said(french, english, fault):
    assert [*catalogues._faults_of(french, english)] == [fault]


def test_one_may_be_said_in_a_word():
    assert [*catalogues._faults_of(("%(n)s place", "%(n)s places"), ("one seat", "%(n)s seats"))] == []


def test_a_sentence_nobody_says_any_more_is_taken_out_and_a_new_one_put_in():
    written = {"bookings": catalogues.Catalog("en")}
    written["bookings"].add("Ancienne", "Old")
    written["bookings"].add("Gardée", "Kept")
    where = [PRODUCT / "bookings" / "states.py"]
    fresh = catalogues.brought_up(written, {("Gardée", ""): where, ("Nouvelle", ""): where})["bookings"]
    assert {one.id: one.string for one in fresh if one.id} == {"Gardée": "Kept", "Nouvelle": ""}
    assert catalogues.faults(written, {("Gardée", ""): where, ("Nouvelle", ""): where}) == [
        "bookings.po: nobody says: Ancienne",
        "bookings.po: no English: Nouvelle",
    ]


@pytest.mark.parametrize(
    ("places", "name"),
    [
        (["bookings/states.py"], "bookings"),
        (["bookings/states.py", "bookings/seats.py"], "bookings"),
        (["bookings/states.py", "mail/kinds.py"], "shared"),
        (["web/public/templates/counter/basket.html"], "public"),
        (["web/desk/templates/desk/deals/deal.html", "web/desk/deals/detail.py"], "desk-deals"),
        (["web/desk/rail.py"], "desk"),
    ],
)
def test_each_room_has_its_file(places, name):
    assert catalogues.room(PRODUCT / one for one in places) == name


@pytest.mark.parametrize(("count", "said"), [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes"), (1000, "1000 lignes")])
def test_a_sentence_is_counted_as_french_does(count, said):
    assert ngettext("%(n)s ligne", "%(n)s lignes", count) % {"n": count} == said


def test_and_as_english_does():
    with override("en"):
        shown = [ngettext("%(n)s ligne", "%(n)s lignes", count) % {"n": count} for count in (0, 1, 2)]
        assert shown[0].removeprefix("0") == shown[2].removeprefix("2") != shown[1].removeprefix("1")


def test_templates_count_the_same():
    pairs = [pair for path in TEMPLATES for pair in sentences.of_template(path)]
    one, many = min((one, many) for one, many in pairs if many)
    catalogue = our_catalogue("fr")
    assert [catalogue.ngettext(one, many, count) for count in (0, 1, 2)] == [one, one, many]
    shown = engines["django"].from_string(COUNTED % ("{{ n }} personne", "{{ n }} personnes"))
    assert [shown.render({"count": count}) for count in (0, 1, 2)] == ["0 personne", "1 personne", "2 personnes"]


def test_the_same_sentence_in_each_language():
    with override("fr"):
        assert say("Votre panier est vide") == "Votre panier est vide"
    with override("en"):
        assert say("Votre panier est vide") == "Your basket is empty"


def test_the_catalogues_are_fresh(monkeypatch):
    monkeypatch.setattr("sys.argv", ["catalogues", "--check"])
    assert catalogues.main() == 0
