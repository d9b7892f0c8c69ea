"""Rooms stay small: a file, a function, a template (docs/adr/0001)."""

import ast

from tests.house.source import ROOT, at, lines, modules, nodes, templates

FILE, AIM, SHARE_ABOVE_AIM = 300, 120, 0.2
FUNCTION, TEMPLATE = 45, 150


def test_no_file_is_a_hall():
    assert [at(path) for path in modules() + modules(ROOT / "tests", ROOT / "tools") if lines(path) > FILE] == []


def test_most_files_are_rooms():
    every = modules()
    long = [f"{at(path)} {lines(path)}" for path in every if lines(path) > AIM]
    assert len(long) <= SHARE_ABOVE_AIM * len(every), long


def test_functions_are_short():
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    every = ((path, node) for path in modules() + modules(ROOT / "tests") for node in nodes(path, *functions))
    assert [at(path, node) for path, node in every if node.end_lineno - node.lineno + 1 > FUNCTION] == []


def test_templates_are_short():
    assert [at(path) for path in templates() if lines(path) > TEMPLATE] == []
