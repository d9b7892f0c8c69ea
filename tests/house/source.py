"""The source tree as the house tests read it: files, their syntax, and who offends."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "comptoir"
DOORS = ("web", "api", "cli", "jobs")


def modules(*folders: Path) -> list[Path]:
    """Python files, migrations left out."""
    found = (path for folder in folders or (PRODUCT,) for path in sorted(folder.rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Django's templates."""
    return sorted(path for path in PRODUCT.rglob("templates/**/*") if path.is_file())


def domain() -> list[Path]:
    """Python files below the doors."""
    return [path for path in modules() if path.relative_to(PRODUCT).parts[0] not in DOORS]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a file."""
    return ast.parse(path.read_text(), filename=str(path))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of some kinds in a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def lines(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text().splitlines())


def at(path: Path, node: ast.AST | None = None) -> str:
    """Where an offence is, as an editor opens it."""
    place = str(path.relative_to(ROOT))
    return f"{place}:{node.lineno}" if node else place
