"""What a form does not show, it does not take: every model field sent with every form changes nothing (T50)."""

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from comptoir.web.desk.settings import territories
from tests.factories import PASSWORD
from tests.house.digests import APART
from tests.house.test_get_writes_nothing import paths

VALUES = ("1", "on", "2030-01-01")
# What is sent with « supprimer » or « fermer » is gone with what it named: the rest of the walk needs its account.
LEFT_ALONE = ("/compte/",)


class Forms(HTMLParser):
    """The forms of a page: where each posts, what it holds as it is shown, and the names of all it can send."""

    def __init__(self, page):
        super().__init__()
        self.found, self._form, self._select = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """A form, or something in one."""
        said = dict(attrs)
        if tag == "form":
            self._form = {"action": said.get("action", ""), "held": {}, "names": set()}
            if said.get("method") == "post":
                self.found.append(self._form)
        elif self._form and tag in {"input", "button", "select", "textarea"} and said.get("name"):
            self._hold(tag, said)
        elif self._form and tag == "option" and self._select and "selected" in said:
            self._form["held"][self._select] = said.get("value", "")

    def handle_endtag(self, tag):
        """The end of a form."""
        if tag == "form":
            self._form = None

    def _hold(self, tag, said):
        name = said["name"]
        self._form["names"].add(name)
        self._select = name if tag == "select" else self._select
        ticks = said.get("type") in {"checkbox", "radio"}
        if tag == "input" and said.get("type") != "file" and (not ticks or "checked" in said):
            self._form["held"][name] = said.get("value", "on")


def model_fields():
    """The name of every column of ours, as a form might be sent it."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("comptoir."))
    return sorted({name for model in ours for one in model._meta.concrete_fields for name in (one.name, one.attname)})


def snapshot():
    """(table, column) → its values, one multiset a column."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in APART]
        held = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names, rows = [one[0] for one in cursor.description], cursor.fetchall()
            held |= {(table, name): sorted(repr(row[n]) for row in rows) for n, name in enumerate(names)}
        return held


def after(client, path, data):
    """The database as this post leaves it, then as it was."""
    with transaction.atomic():
        client.post(path, data)  # not closed: that would close the connection under the savepoint
        held = snapshot()
        transaction.set_rollback(True)
    return held


def taken(client, form, path, fields):
    """The columns that differ because of what was sent beside the form's own; those that differ anyway are left out."""
    plain, again = (after(client, path, form["held"]) for _time in range(2))
    steady = {column for column in plain if plain[column] == again.get(column)}
    found = set()
    for value in VALUES:
        beside = {name: value for name in fields if name not in form["names"]}
        held = after(client, path, form["held"] | beside)
        found |= {column for column in steady if held.get(column) != plain[column]}
    return found


def forms(client, world):
    """Every form of every page, once."""
    seen = {}
    for path in paths(world):
        answer = client.get(path)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            for form in Forms(answer.content.decode()).found:
                where = (form["action"] or path).partition("#")[0]
                if not where.startswith(LEFT_ALONE):
                    seen.setdefault((where, *sorted(form["names"])), (where, form))
        answer.close()
    return list(seen.values())


@pytest.fixture
def administrator(worlds):
    client = Client(raise_request_exception=False)
    client.post("/compte/connexion/", {"login": worlds[0].admin.user.login, "password": PASSWORD})
    return client


def test_no_form_takes_what_it_does_not_show(worlds, administrator):
    fields, found = model_fields(), forms(administrator, worlds[0])
    assert len(found) > 60
    wrong = {path: columns for path, form in found if (columns := taken(administrator, form, path, fields))}
    assert wrong == {}


def test_sabotage_a_form_that_takes_whatever_is_sent_is_seen(worlds, administrator, monkeypatch):
    class Careless(territories.NameForm):
        def is_valid(self):
            type(worlds[0].organisation).objects.update(phone=self.data.get("phone", ""))
            return super().is_valid()

    monkeypatch.setattr(territories, "NameForm", Careless)
    ((path, form),) = [one for one in forms(administrator, worlds[0]) if one[0].endswith("/reglages/secteurs/")]
    assert ("organisations_organisation", "phone") in taken(administrator, form, path, model_fields())
