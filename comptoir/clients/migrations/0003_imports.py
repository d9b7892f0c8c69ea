import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0002_search_keys"),
        ("organisations", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(blank=True, max_length=200, upload_to="clients-imports")),
                ("file_name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("previewed", "À vérifier"),
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Terminé"),
                            ("failed", "Interrompu"),
                            ("abandoned", "Abandonné"),
                        ],
                        default="previewed",
                        max_length=10,
                    ),
                ),
                ("reading", models.JSONField()),
                ("foreseen", models.JSONField()),
                ("total", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("skipped", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("by_name", models.CharField(max_length=170)),
                ("by_role", models.CharField(blank=True, max_length=16)),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
                (
                    "by_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="clientimport",
            index=models.Index(fields=["organisation", "-id"], name="clients_import_list"),
        ),
        migrations.AddConstraint(
            model_name="clientimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["previewed", "waiting", "running", "done", "failed", "abandoned"])),
                name="clients_import_known_state",
            ),
        ),
    ]
