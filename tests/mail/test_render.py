"""Values are put in as typed; lines that have nothing to say are left out; the HTML is ours from end to end."""

import re
from html import unescape

import pytest

from comptoir.mail.kinds import KINDS
from comptoir.mail.render import compiled
from comptoir.mail.wording.kind import Words
from tests.mail.made import samples
from tests.mail.test_kinds import LINK, LOOK

HOSTILE = ["{reference}", "{{ reference }}", "{% now 'Y' %}", "%(reference)s", "{0.__class__}", "<b>gras</b>",
           "<script>alert(1)</script>", "&amp;", '"><img src=x>', "${x}", "\ue000reference.line\ue001", "\ue002a\ue003",
           "a  b", "1 250,00 €", "مرحبا", "👩‍🏫", "\\1 \\g<0>"]  # fmt: skip


def mail(kind="preregistration-contact", words=None, button=("Voir", LINK), **values):
    made = compiled(LOOK, words or KINDS[kind].french, kind, "fr")
    return made.render(samples(kind) | values, button)


def seen(html):
    """What a reader sees of a fragment of HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html.replace("<br>", "\n")))


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("code", ["contact", "client", "lines", "message"])
def test_a_value_is_shown_as_typed(value, code):
    plain, typed = mail(**{code: "TÉMOIN"}), mail(**{code: value})
    assert typed.text == plain.text.replace("TÉMOIN", value)
    assert seen(typed.html) == seen(plain.html).replace("TÉMOIN", value)
    assert re.findall(r"<\w+", typed.html) == re.findall(r"<\w+", plain.html)


@pytest.mark.parametrize("value", HOSTILE)
def test_so_it_is_in_a_subject(value):
    assert mail("preregistration-organisation", client=value).subject == f"Pré-inscription PR-7K3QX9MBT\u00a0: {value}"


def test_a_paragraph_whose_values_are_all_empty_is_left_out():
    without = mail(message="")
    assert "Vous avez ajouté" in mail().text
    assert "Vous avez ajouté" not in without.text + without.html
    assert "\n\n\n" not in without.text
    assert "<p></p>" not in without.html


def test_a_line_whose_value_is_empty_is_left_out():
    assert "Téléphone" not in mail("preregistration-organisation", phone="").text
    assert "Courriel" in mail("preregistration-organisation", phone="").text


def test_without_a_button_nothing_stands_in_its_place():
    without = mail(button=None)
    assert "href" not in without.html
    assert "://" not in without.text


def test_a_missing_value_is_a_bug():
    context = {code: text for code, text in samples("preregistration-contact").items() if code != "lines"}
    made = compiled(LOOK, KINDS["preregistration-contact"].french, "preregistration-contact", "fr")
    with pytest.raises(ValueError, match="lines"):
        made.render(context)


def test_several_lines_in_a_one_line_value_become_one():
    assert "Bonjour Claire Lefèvre," in mail(contact="Claire\r\nLefèvre").text
    assert "\n" not in mail("preregistration-organisation", client="a\nb").subject


def test_a_long_subject_is_cut_where_the_column_ends():
    subject = mail("preregistration-organisation", client="x" * 400).subject
    assert len(subject) == 250
    assert subject.endswith("…")


def test_the_organisations_own_words_are_escaped_too():
    own = mail(words=Words("Objet <b>", "<script>x</script> {reference}\n\n{ouvert} & {bouton}"))
    assert own.subject == "Objet <b>"
    assert "<script" not in own.html
    assert "{ouvert}" in own.text


def test_a_button_inside_a_sentence_is_its_address():
    assert f"Voir {LINK}." in mail(words=Words("x", "Voir {bouton}.")).text


def test_headings_of_a_list_stand_out():
    assert "<strong>Stage A</strong><br>– Claire" in mail(lines="Stage A\n– Claire").html
