"""Draws docs/states from the tables of moves in the code, a page for each package; `--check` says if they are fresh."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import django
from django.db.models import TextChoices
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "states"
NOTICE = "<!-- Drawn from the code by `make states`: do not edit. -->"


def tables(module: ModuleType) -> Iterator[tuple[type[TextChoices], dict[TextChoices, frozenset[TextChoices]]]]:
    """Every table of moves of a module: a dictionary named MOVES, or …_MOVES, whose keys are states."""
    for name, value in vars(module).items():
        if name == "MOVES" or name.endswith("_MOVES"):
            kind = type(next(iter(value)))
            yield kind, {kind(state): frozenset(kind(target) for target in targets) for state, targets in value.items()}


def drawn(kind: type[TextChoices], moves: dict[TextChoices, frozenset[TextChoices]]) -> Iterator[str]:
    """One table as a diagram, then in words."""
    yield from (f"## {kind.__name__}", "", (kind.__doc__ or "").strip(), "", "```mermaid", "stateDiagram-v2")
    for state in kind:
        yield f"    {state.name} : {state.label}"
    for state in kind:
        yield from (f"    {state.name} --> {target.name}" for target in kind if target in moves[state])
        if not moves[state]:
            yield f"    {state.name} --> [*]"
    yield from ("```", "", "| state | on screen | may become |", "| --- | --- | --- |")
    for state in kind:
        after = ", ".join(f"`{target}`" for target in kind if target in moves[state])
        yield f"| `{state}` | {state.label} | {after or 'nothing: it is final'} |"
    yield ""


def pages() -> dict[Path, str]:
    """What each page should say."""
    found = {}
    for path in sorted((ROOT / "comptoir").glob("*/states.py")):
        package = path.parent.name
        module = importlib.import_module(f"comptoir.{package}.states")
        parts = [line for kind, moves in tables(module) for line in drawn(kind, moves)]
        if parts:
            head = [NOTICE, "", f"# States of `{package}`", "", (module.__doc__ or "").strip(), ""]
            found[PAGES / f"{package}.md"] = "\n".join(head + parts)
    return found


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them."""
    django.setup()
    with translation.override("fr"):
        wanted = pages()
    kept = {path: path.read_text() for path in PAGES.glob("*.md")}
    if "--check" in arguments:
        stale = sorted(path.name for path in wanted.keys() | kept.keys() if wanted.get(path) != kept.get(path))
        print(*(f"docs/states/{name} is not what the code says: make states" for name in stale), sep="\n", end="")
        return 1 if stale else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in kept.keys() - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
