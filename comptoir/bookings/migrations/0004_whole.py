# Every registration has its organisation: the lists are indexed, and PostgreSQL finds a part of a word by trigrams.

import django.db.models.deletion
from django.db import migrations, models


def find_parts_of_words(_apps, schema_editor):
    """SQLite has no such index; pg_trgm is a trusted extension since PostgreSQL 13: the owner may create it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX bookings_words ON bookings_registration USING gin (search_key gin_trgm_ops)"
        )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_fill")]

    operations = [
        migrations.AlterField(
            model_name="registration",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="payment",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(("owed_cents__gt", models.F("paid_cents"))), then=models.Value("due")),
                    models.When(models.Q(("owed_cents__lt", models.F("paid_cents"))), then=models.Value("refund_due")),
                    models.When(models.Q(("owed_cents", 0)), then=models.Value("free")),
                    default=models.Value("paid"),
                    output_field=models.CharField(max_length=12),
                ),
                output_field=models.CharField(max_length=12),
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["organisation", "payment", "-id"], name="bookings_by_payment"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["organisation", "-booking", "position"], name="bookings_people_list"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["organisation", "state", "-booking", "position"], name="bookings_people_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["organisation", "last_name", "first_name", "id"], name="bookings_people_by_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state__in", ["cancelled", "withdrawn"])),
                    models.Q(("closed_at__isnull", True), ("state__in", ["pending", "validated"])),
                    _connector="OR",
                ),
                name="bookings_closed_has_moment",
            ),
        ),
        migrations.RunPython(find_parts_of_words, migrations.RunPython.noop),
    ]
