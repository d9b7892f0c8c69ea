"""Cells are drawn as django-tables2 draws them, whatever the record and the column."""

from dataclasses import dataclass
from types import SimpleNamespace

import django_tables2 as tables
import pytest
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html

from comptoir.catalogue.states import SessionState
from comptoir.web.shared.cells import drawn
from comptoir.web.shared.tables import StatusColumn, TickColumn
from tests import factories as f


class Sessions(tables.Table):
    tick = TickColumn(accessor="pk", names_row="reference")
    kind = tables.Column("Type")
    state = StatusColumn(choices=SessionState)
    owner = tables.Column("Responsable", accessor="owner__user__full_name", default="–")
    activity = tables.Column("Activité", attrs={"td": {"class": "title"}})
    place = tables.Column("Lieu", empty_values=(), default="ailleurs")
    linked = tables.Column("Lien", accessor="reference", linkify=lambda record: f"/{record.pk}/")
    link = tables.LinkColumn("admin:x", accessor="missing", text=None, default="rien")
    capacity = tables.Column("Places")
    label = tables.Column("Mot", accessor="get_kind_display")

    def render_activity(self, record, bound_column):
        return format_html("<b>{}</b> {}", record.activity.title, bound_column.name)

    def render_capacity(self, **all_there_is):
        return f"{all_there_is['value']} < {all_there_is['record'].pk}"


class Plain(tables.Table):
    name = tables.Column("Nom <b>")
    size = tables.Column("Taille", accessor="size__inner", default="–")
    when = tables.Column("Quand", accessor="when")


def as_the_library(row):
    heads = [
        format_html('<td data-label="{}" {}>', column.verbose_name, column.attrs["td"].as_html())
        for column in row.table.columns
    ]
    shown = [conditional_escape(localize(row.get_cell(column.name))) for column in row.table.columns]
    return "".join(f"{head}{cell}</td>" for head, cell in zip(heads, shown, strict=True))


@pytest.mark.django_db
def test_rows_of_the_database():
    organisation = f.make_organisation()
    activity = f.make_activity(organisation, title="A & <b>")
    owned = f.make_session(activity, owner=f.make_staff(organisation), capacity=12, place="")
    table = Sessions([owned, f.make_session(activity, capacity=None, kind="intra"), owned])
    for row in table.rows:
        assert drawn(row) == as_the_library(row)
    assert "INTRA" in drawn(table.rows[1]) or "intra" in drawn(table.rows[1])
    assert "A &amp; &lt;b&gt;" in drawn(table.rows[0])


@dataclass
class Thing:
    name: str
    size: object = None
    when: object = None


RECORDS = [
    Thing("<i>"),
    Thing("Deux", SimpleNamespace(inner=1250.5), f.NOW.date()),
    Thing("Trois", SimpleNamespace()),
    Thing("", None, lambda: "appelé"),
    {"name": "Dictionnaire", "size": {"inner": 3}, "when": None},
    {"name": "Vide"},
]


@pytest.mark.parametrize("record", RECORDS, ids=range(len(RECORDS)))
def test_other_records(record):
    (row,) = Plain([record]).rows
    assert drawn(row).replace("Nom ", "Nom &lt;b&gt;") == as_the_library(row)
    assert drawn(row) == drawn(row)


def test_records_of_several_kinds_in_one_table():
    table = Plain(RECORDS)
    assert [drawn(row) for row in table.rows] == [drawn(next(iter(Plain([one]).rows))) for one in RECORDS]
