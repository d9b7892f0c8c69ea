"""Every file says what it is for; every public command and query says what is true afterwards."""

import ast

from tests.house.source import PRODUCT, ROOT, at, modules, nodes, tree

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handler", "handlers"}


def test_packages_open_on_nothing():
    assert [at(path) for path in modules() if path.name == "__init__.py" and path.read_text().strip()] == []


def test_every_file_opens_with_a_line_on_what_it_is_for():
    every = modules() + modules(ROOT / "tests", ROOT / "tools")
    assert [at(path) for path in every if path.name != "__init__.py" and not ast.get_docstring(tree(path))] == []


def test_public_commands_and_queries_are_documented():
    faces = [path for path in modules() if {"commands", "queries"} & {*path.relative_to(PRODUCT).parts, path.stem}]
    public = ((path, node) for path in faces for node in tree(path).body if isinstance(node, ast.FunctionDef))
    assert [at(p, node) for p, node in public if node.name[0] != "_" and not ast.get_docstring(node)] == []


def test_who_and_when_are_keywords():
    """`by=`, `at=` and `seen_by=` rhyme in every signature where they stand beside something else."""
    faces = [path for path in modules() if {"commands", "queries"} & {*path.relative_to(PRODUCT).parts, path.stem}]
    public = ((path, node) for path in faces for node in tree(path).body if isinstance(node, ast.FunctionDef))
    by_place = [(p, n, [word.arg for word in n.args.posonlyargs + n.args.args]) for p, n in public if n.name[0] != "_"]
    assert [at(p, n) for p, n, names in by_place if len(names) > 1 and {"by", "at", "seen_by"} & {*names}] == []


def test_no_file_has_a_name_that_says_nothing():
    assert [at(path) for path in modules() if VAGUE & {path.stem, path.parent.name}] == []


def test_models_neither_save_nor_sort_by_themselves():
    models = [path for path in modules() if "models" in {*path.relative_to(PRODUCT).parts, path.stem}]
    saves = [at(path, node) for path in models for node in nodes(path, ast.FunctionDef) if node.name == "save"]
    sorts = [at(path, node) for path in models for node in nodes(path, ast.Name) if node.id == "ordering"]
    assert saves + sorts == []
