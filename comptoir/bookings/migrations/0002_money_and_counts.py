# What a booking owes and was paid, what a registration is found by, and the counts of seats.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0001_begin"),
        ("catalogue", "0003_session_begins_at"),
        ("clients", "0001_begin"),
        ("organisations", "0001_begin"),
    ]

    operations = [
        migrations.CreateModel(
            name="SeatCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pending", models.PositiveIntegerField(default=0)),
                ("validated", models.PositiveIntegerField(default=0)),
                ("cancelled", models.PositiveIntegerField(default=0)),
                ("withdrawn", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="booking",
            name="label",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="booking",
            name="owed_cents",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="booking",
            name="paid_cents",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="registration",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="registration",
            name="search_key",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="booking",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="seatcount",
            name="seat_type",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.seattype"
            ),
        ),
        migrations.AddField(
            model_name="seatcount",
            name="session",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.session"
            ),
        ),
        migrations.AddConstraint(
            model_name="seatcount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seat_type__isnull", True)), fields=("session",), name="bookings_count_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="seatcount",
            constraint=models.UniqueConstraint(fields=("session", "seat_type"), name="bookings_rate_count_once"),
        ),
    ]
