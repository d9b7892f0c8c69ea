"""French sentences are set as French printers do: no-break before « : », narrow no-break elsewhere (screens.md)."""

import ast
import re

from tests.house.source import at, called, modules, nodes, templates

NARROW, WIDE = "\u202f", "\u00a0"
TRANSLATED = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"})
# What a sentence may not hold, and the cure. A sign glued to what follows is no punctuation (12:30, ?page).
FAULTS = {
    rf"(?<=[\w»)\]}}%])[ {WIDE}]?[;!?](?=\s|$)": "U+202F before ; ! ?",
    rf"(?<=[\w»)\]}}%])[ {NARROW}]?:(?=\s|$)": "U+00A0 before :",
    rf"«(?!{NARROW})|(?<!{NARROW})»": "U+202F inside « »",
    r"\.\.\.": "… is one character",
    r"(?<=[^\W\d_])'(?=[^\W\d_])": "’ is the apostrophe",
}
_COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
_IN_TEMPLATE = re.compile(
    r"""{%\s*translate\s+(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')|{%\s*blocktranslate.*?%}(?P<c>.*?){%\s*endblocktranslate""",
    re.DOTALL,
)


def faults(sentence):
    """What is wrong with one sentence: the cure, and where."""
    found = ((cure, match) for fault, cure in FAULTS.items() for match in re.finditer(fault, sentence))
    return [f"{cure}: « {sentence[max(0, match.start() - 30) : match.end() + 10]} »" for cure, match in found]


def sentences_of_python(path):
    """Where it stands, and the sentence: what is translated, and the French words of the mails."""
    for call in nodes(path, ast.Call):
        texts = call.args if called(call) in TRANSLATED else []
        texts += [one for word in call.keywords if word.arg == "french" for one in ast.walk(word.value)]
        yield from ((one, one.value) for one in texts if isinstance(getattr(one, "value", None), str))


def sentences_of_template(text):
    """Line, and the sentence."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _IN_TEMPLATE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, next(part for part in match.groups() if part is not None)


def test_every_sentence_is_set_as_french_is():
    wrong = [
        f"{at(path, node)}: {fault}"
        for path in modules()
        for node, sentence in sentences_of_python(path)
        for fault in faults(sentence)
    ]
    for path in templates():
        for line, sentence in sentences_of_template(path.read_text()):
            wrong += [f"{at(path)}:{line}: {fault}" for fault in faults(sentence)]
    assert not wrong, "\n".join(wrong)


def test_what_is_wrong_is_seen():
    """Sabotage: each fault, once."""
    for sentence in (
        "Plus de place !",
        "Ce nom\u00a0; l’autre",
        "Total : 3",
        "Total\u202f: 3",
        "« Oui »",
        "...",
        "l'an",
    ):
        assert faults(sentence), sentence
    for sentence in ("Plus de place\u202f!", "Total\u00a0: 3", "«\u202fOui\u202f»", "12:30", "l’an…", "?page=2"):
        assert not faults(sentence), sentence
