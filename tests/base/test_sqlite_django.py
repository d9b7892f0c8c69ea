"""All that Django asks of a database works on the embedded one."""

import datetime
import decimal
import uuid

import pytest
from django.db import IntegrityError, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import F, JSONField, Q, StringAgg, Sum, Value
from django.db.models.functions import Cast, Concat, ExtractIsoWeekDay, Lower, Now, TruncMonth, TruncWeek
from django.test.utils import isolate_apps

OWN = "own_sqlite"


@pytest.fixture
def thing(own):
    """A table with one column of most kinds."""
    with isolate_apps("tests"):

        class Place(models.Model):
            name = models.CharField(max_length=20, unique=True)

            class Meta:
                app_label = "tests"

        class Thing(models.Model):
            name = models.CharField(max_length=20)
            facts = JSONField(default=dict)
            price = models.DecimalField(max_digits=9, decimal_places=2, default=0)
            on = models.DateField(null=True)
            at = models.DateTimeField(null=True)
            hour = models.TimeField(null=True)
            lasts = models.DurationField(null=True)
            token = models.UUIDField(default=uuid.uuid4)
            raw = models.BinaryField(default=b"")
            sure = models.BooleanField(default=False)
            seats = models.PositiveIntegerField(default=1)
            place = models.ForeignKey(Place, models.PROTECT, null=True)

            class Meta:
                app_label = "tests"
                constraints = [models.CheckConstraint(condition=Q(seats__lt=100), name="few_seats")]

        with own.schema_editor() as editor:
            editor.create_model(Place)
            editor.create_model(Thing)
        yield Thing


def test_values_come_back_as_they_went(thing):
    kept = {
        "name": "50 % « é »",
        "facts": {"a": [1, None, {"b": "ü"}]},
        "price": decimal.Decimal("1234567.89"),
        "on": datetime.date(2026, 2, 28),
        "at": datetime.datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=datetime.UTC),
        "hour": datetime.time(23, 59, 1),
        "lasts": datetime.timedelta(days=-1, microseconds=7),
        "token": uuid.uuid4(),
        "raw": b"\x00\xff%s?",
        "sure": True,
    }
    made = thing.objects.using(OWN).create(**kept)
    row = thing.objects.using(OWN).get(pk=made.pk)
    assert {name: bytes(row.raw) if name == "raw" else getattr(row, name) for name in kept} == kept


def test_django_functions_and_lookups_work(thing):
    moment = datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)
    rows = thing.objects.using(OWN)
    rows.create(name="Élan", facts={"k": {"n": 3}}, at=moment, on=moment.date(), price="2.50", seats=2)
    rows.create(name="b", facts={"k": {"n": 4}}, at=moment + datetime.timedelta(days=40), seats=3)
    assert rows.get(facts__k__n=3).name == rows.get(facts__k__has_key="n", seats=2).name == "Élan"
    assert rows.filter(name__regex=r"^[É-Ê]l").count() == rows.filter(name__iregex="B").count() == 1
    assert rows.filter(at__lt=Now()).count() + rows.filter(at__gte=Now()).count() == 2
    months = rows.annotate(first=TruncMonth("at")).values_list("first", flat=True)
    assert {(first.month, first.day) for first in months} == {(10, 1), (12, 1)}
    assert rows.annotate(week=TruncWeek("on"), day=ExtractIsoWeekDay("on")).get(on__isnull=False).day == 7
    both = rows.aggregate(total=Sum("seats"), names=StringAgg("name", Value(","), order_by="seats"))
    assert both == {"total": 5, "names": "Élan,b"}
    shown = rows.annotate(text=Concat(Cast("seats", models.CharField()), Value("-"), Lower("name")))
    assert [row.text for row in shown.order_by("seats")] == ["2-Élan", "3-b"]  # LOWER knows ASCII only, as ever
    assert rows.annotate(late=F("at") + datetime.timedelta(hours=1)).filter(late__gt=F("at")).count() == 2


def test_bulk_writes_above_every_limit(thing):
    rows = thing.objects.using(OWN)
    rows.bulk_create(thing(name=str(n)) for n in range(2_500))
    assert rows.filter(pk__in=list(rows.values_list("pk", flat=True))).update(seats=F("seats") + 1) == 2_500
    assert rows.filter(seats=2).count() == 2_500


def test_constraints_are_kept(own, thing):
    rows = thing.objects.using(OWN)
    with pytest.raises(IntegrityError, match="few_seats"):
        rows.create(name="x", seats=100)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), transaction.atomic(using=OWN):
        rows.create(name="x", place_id=404)
    assert rows.count() == 0


def test_row_locks_are_harmless(thing):
    rows = thing.objects.using(OWN)
    rows.create(name="x")
    with transaction.atomic(using=OWN):
        assert rows.select_for_update().get().name == "x"
        assert rows.select_for_update(skip_locked=True, of=("self",)).count() == 1


def test_tables_are_remade_with_their_rows(own):
    few = models.CheckConstraint(condition=Q(seats__lt=100), name="few")
    place = models.ForeignKey("tests.place", models.PROTECT, null=True)
    steps = [
        migrations.CreateModel("Place", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Seat", [("id", models.BigAutoField(primary_key=True)), ("seats", models.IntegerField())]
        ),
        migrations.RunSQL("INSERT INTO tests_seat (seats) VALUES (7)"),
        migrations.AddConstraint("Seat", few),
        migrations.AddField("Seat", "label", models.CharField(max_length=9, default="x", db_index=True)),
        migrations.AddField("Seat", "place", place),
        migrations.AlterField("Seat", "label", models.CharField(max_length=80, unique=True)),
        migrations.RenameField("Seat", "label", "name"),
        migrations.RemoveConstraint("Seat", "few"),
    ]
    state = ProjectState()
    for step in steps:
        before = state.clone()
        step.state_forwards("tests", state)
        with own.schema_editor() as editor:
            step.database_forwards("tests", editor, before, state)
    with own.cursor() as cursor:
        cursor.execute("UPDATE tests_seat SET seats = 500")
        assert cursor.execute("SELECT id, seats, name, place_id FROM tests_seat").fetchall() == [(1, 500, "x", None)]
        with pytest.raises(IntegrityError, match="UNIQUE"):
            cursor.execute("INSERT INTO tests_seat (seats, name) VALUES (1, 'x')")
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            cursor.execute("UPDATE tests_seat SET place_id = 404")


def test_the_last_query_is_told_with_its_values(own):
    own.force_debug_cursor = True
    with own.cursor() as cursor:
        cursor.execute("SELECT %s, %s", ["it's", 3])
        cursor.execute("SELECT %(a)s", {"a": "b"})
        cursor.executemany("SELECT %(a)s WHERE 0", [])
    own.force_debug_cursor = False
    assert [query["sql"] for query in own.queries[-3:-1]] == ["SELECT 'it''s', 3", "SELECT 'b'"]
