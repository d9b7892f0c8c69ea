"""Writes the French catalogue. French is the source, so each sentence is its own translation; `--check` says if it is
fresh. What is counted must stand there: French says « 0 ligne » where gettext without a catalogue says « 0 lignes ».
The other sentences are there to be found at once: one that is missing is looked for, twice, in the catalogues of Django
and of every library, which took a twentieth of a page.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "comptoir"
CATALOGUE = PRODUCT / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n"
MAGIC = 0x950412DE
_COUNTED = re.compile(
    r"{%\s*blocktranslate\s(?P<head>[^%]*\bcount\b[^%]*)%}(?P<one>.*?){%\s*plural\s*%}(?P<many>.*?){%\s*endblocktranslate",
    re.DOTALL,
)
_SAID = re.compile(
    r"{%\s*blocktranslate(?P<head>(?:\s(?!count\b)[^%\s]+)*)\s*%}(?P<text>(?:(?!{%).)*){%\s*endblocktranslate",
    re.DOTALL,
)
_WORDS = frozenset({"_", "gettext", "gettext_lazy"})


def of_python(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of `ngettext` calls; each plain sentence beside nothing."""
    for node in ast.walk(ast.parse(path.read_text())):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name.startswith("ngettext"):
            one, many = (ast.literal_eval(argument) for argument in node.args[:2])
            yield one, many
        elif isinstance(node, ast.Call) and name in _WORDS and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value, ""


def of_template(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of `blocktranslate count`, and the plain sentences, as Django looks them up.

    (`translate` looks up its own once: `web.shared.templatetags.constant`.)
    """
    text = path.read_text()
    for match in _COUNTED.finditer(text):
        is_trimmed = "trimmed" in match["head"].split()
        yield _key(match["one"], is_trimmed), _key(match["many"], is_trimmed)
    for match in _SAID.finditer(text):
        yield _key(match["text"], "trimmed" in match["head"].split()), ""


def _key(text: str, is_trimmed: bool) -> str:
    if is_trimmed:
        text = " ".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"{{\s*([\w.]+)\s*}}", r"%(\1)s", text.replace("%", "%%"))


def compiled(pairs: dict[str, str], plain: set[str]) -> bytes:
    """The catalogue as gettext reads it: two tables of lengths and places, then the texts (GNU gettext, MO files)."""
    said = {"": HEADER} | {text: text for text in plain}
    said |= {f"{one}\0{many}": f"{one}\0{many}" for one, many in pairs.items()}
    texts = sorted((key.encode(), value.encode()) for key, value in said.items())
    start = 28 + 16 * len(texts)
    tables, content = (b"", b""), b""
    for column in (0, 1):
        table = b""
        for row in texts:
            table += struct.pack("<II", len(row[column]), start + len(content))
            content += row[column] + b"\0"
        tables = (table, b"") if column == 0 else (tables[0], table)
    head = struct.pack("<7I", MAGIC, 0, len(texts), 28, 28 + 8 * len(texts), 0, 28 + 16 * len(texts))
    return head + tables[0] + tables[1] + content


def main() -> int:
    """Write, or compare."""
    pairs: dict[str, str] = {}
    found = [pair for path in sorted(PRODUCT.rglob("*.py")) for pair in of_python(path)]
    found += [pair for path in sorted(PRODUCT.rglob("*.html")) for pair in of_template(path)]
    plain = {one for one, many in found if not many}
    for one, many in found:
        if not many:
            continue
        # gettext looks a counted sentence up by its singular alone: a second plural would be said in both places.
        if pairs.setdefault(one, many) != many:
            print(f"two plurals of « {one} »: « {pairs[one]} » and « {many} »", file=sys.stderr)
            return 1
    fresh = compiled(pairs, plain - {""})
    if "--check" in sys.argv[1:]:
        if CATALOGUE.is_file() and CATALOGUE.read_bytes() == fresh:
            return 0
        print("comptoir/locale/fr is not fresh: make plurals", file=sys.stderr)
        return 1
    CATALOGUE.write_bytes(fresh)
    print(f"{len(pairs)} counted sentences, {len(plain)} others")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
