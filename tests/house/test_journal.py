"""Every act written in the journal has a name that people read."""

import ast
import re

from comptoir.web.desk.journal.labels import ACTS, FAMILIES
from tests.house.source import at, modules, nodes, tree

CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z][a-z_-]+")


def writes_the_journal(path):
    """Whether the module imports the journal's commands."""
    imports = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom))
    return any((node.module or "").startswith("comptoir.journal") for node in imports)


def test_every_act_has_a_name():
    texts = [
        (at(path, node), node.value)
        for path in modules()
        if writes_the_journal(path) and "web" not in path.parts
        for node in nodes(path, ast.Constant)
        if isinstance(node.value, str) and CODE.fullmatch(node.value)
    ]
    assert [one for one in texts if one[1] not in ACTS] == []
    assert texts, "no act found: has the journal another face?"


def test_every_act_is_of_a_family_that_can_be_chosen():
    assert {code.partition(".")[0] for code in ACTS} <= set(FAMILIES)
