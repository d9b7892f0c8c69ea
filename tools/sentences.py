"""Every sentence the product says, as gettext looks it up, and where it is said: in Python and in templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "comptoir"
type Pair = tuple[str, str]  # the sentence; of one that is counted, its plural too
_COUNTED = re.compile(
    r"{%\s*blocktranslate\s(?P<head>[^%]*\bcount\b[^%]*)%}(?P<one>.*?){%\s*plural\s*%}(?P<many>.*?){%\s*endblocktranslate",
    re.DOTALL,
)
_SAID = re.compile(
    r"{%\s*blocktranslate(?P<head>(?:\s(?!count\b)[^%\s]+)*)\s*%}(?P<text>(?:(?!{%).)*){%\s*endblocktranslate",
    re.DOTALL,
)
_PLAIN = re.compile(r"""(?:{%\s*translate\s+|_\()("[^"]*"|'[^']*')""")
_WORDS = frozenset({"_", "L", "gettext", "gettext_lazy"})  # L: `gettext_lazy`, where a table is full of it


def found() -> dict[Pair, list[Path]]:
    """Each sentence, in the order of the files that say it."""
    said: dict[Pair, list[Path]] = {}
    for ending, pairs in (("*.py", of_python), ("*.html", of_template)):
        for path in sorted(PRODUCT.rglob(ending)):
            for pair in pairs(path):
                said.setdefault(pair, []).append(path)
    return said


def of_python(path: Path) -> Iterator[Pair]:
    """The pairs of `ngettext` calls; each plain sentence beside nothing."""
    for node in ast.walk(ast.parse(path.read_text())):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name.startswith("ngettext"):
            one, many = (ast.literal_eval(argument) for argument in node.args[:2])
            yield one, many
        elif isinstance(node, ast.Call) and name in _WORDS and _is_text(node.args[0]):
            yield ast.literal_eval(node.args[0]), ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)


def of_template(path: Path) -> Iterator[Pair]:
    """The pairs of `blocktranslate count`, and the plain sentences, as Django looks them up."""
    text = path.read_text()
    for match in _COUNTED.finditer(text):
        is_trimmed = "trimmed" in match["head"].split()
        yield _key(match["one"], is_trimmed), _key(match["many"], is_trimmed)
    for match in _SAID.finditer(text):
        yield _key(match["text"], "trimmed" in match["head"].split()), ""
    for match in _PLAIN.finditer(text):
        yield match[1][1:-1].replace("%", "%%"), ""


def _key(text: str, is_trimmed: bool) -> str:
    if is_trimmed:
        text = " ".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"{{\s*([\w.]+)\s*}}", r"%(\1)s", text.replace("%", "%%"))
