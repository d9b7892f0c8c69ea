"""No hidden arrows: what import-linter cannot see (docs/adr/0001)."""

import ast
import re

from tests.house.source import PRODUCT, at, called, domain, modules, nodes, templates

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
CLOCKS = {("timezone", "now"), ("timezone", "localdate"), ("datetime", "now"), ("datetime", "today"), ("date", "today")}
HEAVY = {
    "numpy",
    "psycopg",
    "typst",
    "pygal",
    "xlsxwriter",
    "python_calamine",
    "granian",
    "aiosmtpd",
    "playwright",
    "stripe",
}
INCLUDED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def test_foreign_keys_name_a_class():
    """A string may name a model of the same file's package, never one of another package."""
    relations = ((p, node) for p in modules() for node in nodes(p, ast.Call) if called(node) in RELATIONS)
    by_name = (
        (path, node)
        for path, node in relations
        for to in [*node.args[:1], *(word.value for word in node.keywords if word.arg == "to")]
        if isinstance(to, ast.Constant) and "." in str(to.value)
    )
    assert [at(path, node) for path, node in by_name] == []


def test_the_clock_is_read_at_the_door():
    reads = ((path, node) for path in domain() for node in nodes(path, ast.Attribute))
    assert [
        at(path, n) for path, n in reads if (getattr(n.value, "id", getattr(n.value, "attr", "")), n.attr) in CLOCKS
    ] == []


def test_no_signals_no_registry():
    imports = [
        (p, n)
        for p in modules()
        for n in nodes(p, ast.ImportFrom)
        if (n.module or "").endswith(("signals", "dispatch"))
    ]
    looks = [(path, node) for path in modules() for node in nodes(path, ast.Call) if called(node) == "get_model"]
    # Triggers are no migration's: a change of a table on SQLite drops them, and only this says it is over.
    # `base.rows` only asks whether somebody listens to a model: then its constructor is called.
    allowed = {"comptoir/freshness/apps.py", "comptoir/base/rows.py"}
    assert [at(path, node) for path, node in imports + looks if at(path) not in allowed] == []


def test_only_heavy_or_optional_libraries_are_imported_where_they_are_used():
    inner = (
        (path, node)
        for path in modules()
        for function in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )
    named = ((p, n, n.module if isinstance(n, ast.ImportFrom) else n.names[0].name) for p, n in inner)
    assert [at(path, node) for path, node, name in named if (name or "").split(".")[0] not in HEAVY] == []


def test_no_import_for_the_type_checker_alone():
    assert [at(p, n) for p in modules() for n in nodes(p, ast.Name) if n.id == "TYPE_CHECKING"] == []


def test_templates_include_from_their_own_area_or_from_shared():
    rooms = {path: path.parts[: path.parts.index("templates")] for path in templates()}
    owners = {}
    for path, room in rooms.items():
        owners.setdefault(path.as_posix().rpartition("/templates/")[2], set()).add(room)
    shared = (PRODUCT / "web" / "shared").parts
    strangers = [
        f"{at(path)} takes {name}"
        for path, room in rooms.items()
        for name in INCLUDED.findall(path.read_text())
        if owners.get(name) and not owners[name] & {room, shared}
    ]
    assert strangers == []
