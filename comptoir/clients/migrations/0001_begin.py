import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_begin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("imported_id", models.CharField(blank=True, max_length=60)),
                ("legal_name", models.CharField(max_length=200)),
                ("name_key", models.CharField(max_length=200)),
                ("name_town_key", models.CharField(blank=True, max_length=290)),
                ("search_key", models.CharField(blank=True, max_length=700)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("firm", "Entreprise"),
                            ("public", "Organisme public"),
                            ("association", "Association"),
                            ("person", "Particulier"),
                        ],
                        default="firm",
                        max_length=12,
                    ),
                ),
                ("siret", models.CharField(blank=True, max_length=14)),
                ("doubtful_siret", models.CharField(blank=True, max_length=20)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("email_key", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("address", models.CharField(blank=True, max_length=250)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("notes", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clients",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisations.territory",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "name_key", "id"], name="clients_by_name_key"),
                    models.Index(fields=["organisation", "name_town_key"], name="clients_by_name_town"),
                    models.Index(fields=["organisation", "siret"], name="clients_by_siret"),
                    models.Index(fields=["organisation", "email_key"], name="clients_by_email"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="clients_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("imported_id", ""), _negated=True),
                        fields=("organisation", "imported_id"),
                        name="clients_imported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["firm", "public", "association", "person"])),
                        name="clients_known_kind",
                    ),
                ],
            },
        ),
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
            options={
                "indexes": [models.Index(fields=["organisation", "-id"], name="clients_import_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["previewed", "waiting", "running", "done", "failed", "abandoned"])
                        ),
                        name="clients_import_known_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(blank=True, max_length=80)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("email_key", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("search_key", models.CharField(blank=True, max_length=700)),
                ("is_main", models.BooleanField(default=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="clients.client"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contacts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["email_key"], name="clients_contact_by_email")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)), fields=("client",), name="clients_one_main_contact"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("client", "user"),
                        name="clients_contact_user_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefusedMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity_key", models.CharField(max_length=64)),
                ("refused_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "identity_key"], name="clients_refused_by_identity")],
                "constraints": [
                    models.UniqueConstraint(fields=("client", "identity_key"), name="clients_refused_once")
                ],
            },
        ),
    ]
