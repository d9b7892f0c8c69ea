"""Writes the catalogues Django reads. `--check` says whether they are fresh, and which sentence has no English.

French is the source, so each sentence is its own translation. What is counted must stand there: French says « 0 ligne »
where gettext without a catalogue says « 0 lignes ». The others are there to be found at once: one that is missing is
looked for, twice, in the catalogues of Django and of every library, which took a twentieth of a page.

English is written by hand in `comptoir/locale/en/*.po`, a file a room. Here sentences nobody says any more are taken
out of them, and new ones put in, empty: those are for whoever wrote the French.
"""

import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import sentences
from tools.sentences import PRODUCT, Pair

LOCALE = PRODUCT / "locale"
ENGLISH = LOCALE / "en"
_SINCE = datetime(2026, 11, 22, tzinfo=UTC)  # the same sentences make the same file
_MARK = re.compile(r"%\(\w[\w.]*\)[sd]|\{\w*\}|%%|</?\w+[^>]*>|&\w+;")
_FRENCH_MARKS = re.compile("[«»\u00a0\u202f]")


def english() -> dict[str, Catalog]:
    """What is written of each room."""
    found = {}
    for path in sorted(ENGLISH.glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = read_po(file, locale="en", abort_invalid=True)
    return found


def compiled(language: str, said: Iterable[tuple[Pair, tuple[str, ...]]]) -> bytes:
    """The catalogue as gettext reads it."""
    catalogue = Catalog(language, creation_date=_SINCE, revision_date=_SINCE)
    for (one, many), words in said:
        catalogue.add((one, many) if many else one, words if many else words[0])
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def room(places: Iterable[Path]) -> str:
    """The file of a sentence: its room's, or the one of what several rooms say."""
    rooms = {_room(place.relative_to(PRODUCT).parts) for place in places}
    return rooms.pop() if len(rooms) == 1 else "shared"


def _room(parts: tuple[str, ...]) -> str:
    if parts[0] != "web":
        return parts[0]
    rest = [one for one in parts[1:-1] if one not in ("templates", "templatetags")]
    if rest[0] != "desk":
        return rest[0]
    inner = [one for one in rest if one != "desk"]
    return f"desk-{inner[0]}" if inner else "desk"


def brought_up(written: dict[str, Catalog], said: dict[Pair, list[Path]]) -> dict[str, Catalog]:
    """The rooms' files with every sentence said, once, and no other; what had English keeps it."""
    known = {_pair(one): one for catalogue in written.values() for one in _messages(catalogue)}
    fresh: dict[str, Catalog] = {}
    for (one, many), places in said.items():
        name = room(places)
        catalogue = fresh.setdefault(name, Catalog("en", creation_date=_SINCE, revision_date=_SINCE))
        kept = known.get((one, many))
        catalogue.add((one, many) if many else one, kept.string if kept else ("", "") if many else "")
    return fresh


def faults(written: dict[str, Catalog], said: dict[Pair, list[Path]]) -> list[str]:
    """What keeps English from being complete, a line each."""
    wrong = []
    have: dict[Pair, str] = {}
    for name, catalogue in written.items():
        for one in _messages(catalogue):
            pair = _pair(one)
            if pair in have:
                wrong.append(f"{name}.po: also in {have[pair]}.po: {pair[0]}")
            have[pair] = name
            wrong += [f"{name}.po: {fault}: {pair[0]}" for fault in _faults_of(pair, _words(one))]
            if pair not in said:
                wrong.append(f"{name}.po: nobody says: {pair[0]}")
    return wrong + [f"{room(places)}.po: no English: {pair[0]}" for pair, places in said.items() if pair not in have]


def _faults_of(pair: Pair, words: tuple[str, ...]) -> Iterable[str]:
    if not all(words):
        yield "no English"
        return
    for french, text in zip(pair, words, strict=False):
        if sorted(_MARK.findall(text)) != sorted(_MARK.findall(french)) and not _leaves_out_the_one(pair, text):
            yield "other placeholders or tags"
        if _FRENCH_MARKS.search(text):
            yield "French quotes or spaces"


def _leaves_out_the_one(pair: Pair, text: str) -> bool:
    """A counted sentence may say « one » instead of its number."""
    return bool(pair[1]) and set(_MARK.findall(text)) <= set(_MARK.findall(pair[1]))


def _messages(catalogue: Catalog) -> list[Message]:
    return [one for one in catalogue if one.id]


def _pair(one: Message) -> Pair:
    return (one.id[0], one.id[1]) if isinstance(one.id, tuple | list) else (one.id, "")


def _words(one: Message) -> tuple[str, ...]:
    return tuple(one.string) if isinstance(one.string, tuple | list) else (one.string,)


def _double_plurals(said: Iterable[Pair]) -> list[str]:
    """gettext looks a counted sentence up by its singular alone: a second plural would be said in both places."""
    plurals: dict[str, str] = {}
    return [
        f"two plurals of « {one} »: « {many} » and « {plurals[one]} »"
        for one, many in sorted(said)
        if plurals.setdefault(one, many) != many
    ]


def _catalogues(said: dict[Pair, list[Path]], written: dict[str, Catalog]) -> dict[Path, bytes]:
    known = ((_pair(one), _words(one)) for catalogue in written.values() for one in _messages(catalogue))
    made = {
        "fr": compiled("fr", ((pair, pair) for pair in sorted(said))),
        "en": compiled("en", ((pair, words) for pair, words in sorted(known) if all(words))),
    }
    return {LOCALE / language / "LC_MESSAGES" / "django.mo": content for language, content in made.items()}


def main() -> int:
    """Write, or compare."""
    said = sentences.found()
    wrong = _double_plurals(said)
    if "--check" in sys.argv[1:]:
        written = english()
        wrong += faults(written, said)
        stale = [path for path, content in _catalogues(said, written).items() if _content(path) != content]
        wrong += [f"{path.relative_to(PRODUCT)} is not fresh: make fmt" for path in stale]
        print("".join(f"{one}\n" for one in wrong), end="", file=sys.stderr)
        return bool(wrong)
    written = brought_up(english(), said)
    for name, catalogue in written.items():
        with (ENGLISH / f"{name}.po").open("wb") as file:
            write_po(file, catalogue, width=118, omit_header=True, sort_output=False)
    for path in ENGLISH.glob("*.po"):
        if path.stem not in written:
            path.unlink()
    for path, content in _catalogues(said, written).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(said)} sentences", *wrong, *faults(written, said), sep="\n", file=sys.stderr)
    return 0


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


if __name__ == "__main__":
    raise SystemExit(main())
