# When members are reminded of the dues of a year, and who was.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_validation_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="memberrules",
            name="remind_after_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="memberrules",
            name="remind_before_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="memberrules",
            name="reminders_set_on",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="DuesReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("before", "avant la fin de l’année"),
                            ("after", "cotisation manquante"),
                            ("asked", "à la demande du bureau"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "year", "-sent_at"], name="members_reminders")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "asked"), _negated=True),
                        fields=("member", "year", "kind"),
                        name="members_reminded_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["before", "after", "asked"])),
                        name="members_reminder_known_kind",
                    ),
                ],
            },
        ),
    ]
