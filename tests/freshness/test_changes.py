"""Every row that public pages show leaves a change of its organisation, on both databases; and only of its own."""

from datetime import timedelta

import pytest

from comptoir.bookings.models import SeatCount
from comptoir.catalogue.models import Activity, AddOn, SaleRules, SeatType, Session, Slot, Terms, Theme
from comptoir.freshness import commands
from comptoir.freshness.models import Change
from comptoir.freshness.queries import mark
from comptoir.freshness.watching import _watched, write_triggers
from comptoir.organisations.models import Organisation
from tests import factories as f


@pytest.fixture
def shop(db):
    organisation = f.make_organisation()
    theme = f.make_theme(organisation)
    activity = f.make_activity(organisation, theme=theme)
    f.make_rules(activity, is_direct=True)
    session = f.make_session(activity)
    f.make_slot(session, session.begins_at, session.begins_at + timedelta(hours=3))
    f.make_seat_type(session)
    f.make_add_on(session)
    f.make_terms(organisation)
    f.make_registrations(session, people=[("A", "B", "")])
    return organisation


SHOWN = (Organisation, Theme, Activity, SaleRules, Session, Slot, SeatType, AddOn, Terms, SeatCount)


@pytest.mark.parametrize("model", SHOWN, ids=lambda one: one.__name__)
def test_a_row_written_or_gone_changes_the_mark(shop, model):
    other = f.make_organisation()
    before, elsewhere = mark(shop.pk), mark(other.pk)
    row = model.objects.get() if model is not Organisation else shop
    model.objects.filter(pk=row.pk).update(**{_any_column(model): getattr(row, _any_column(model))})
    changed = mark(shop.pk)
    assert changed != before
    if model in (Slot, AddOn, SeatCount, SaleRules):
        model.objects.filter(pk=row.pk).delete()
        assert mark(shop.pk) != changed
    assert mark(other.pk) == elsewhere


def _any_column(model):
    return next(one.attname for one in model._meta.concrete_fields if not one.primary_key and not one.generated)


def test_reading_changes_nothing(shop):
    before = mark(shop.pk)
    list(Session.objects.all())
    assert mark(shop.pk) == before


def test_pruned_the_mark_is_another_and_the_table_short(shop):
    Change.objects.bulk_create(Change(organisation_id=shop.pk) for _number in range(500))
    before = mark(shop.pk)
    commands.prune(at=f.NOW)
    assert Change.objects.count() == commands.KEPT
    assert mark(shop.pk) != before
    commands.prune(at=f.NOW)
    assert Change.objects.count() == commands.KEPT


def test_triggers_are_made_again_where_they_are_missing(shop):
    from django.db import connection

    name = "fresh_catalogue_theme" + ("_update" if connection.vendor == "sqlite" else "")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON catalogue_theme"))
    before = mark(shop.pk)
    Theme.objects.update(name="Autre")
    assert mark(shop.pk) == before
    write_triggers(using="default")
    Theme.objects.update(name="Encore")
    assert mark(shop.pk) != before
    assert len(_watched) == 16
