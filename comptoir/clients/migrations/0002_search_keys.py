from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0001_begin"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="client",
            name="clients_by_name",
        ),
        migrations.RemoveIndex(
            model_name="client",
            name="clients_by_key",
        ),
        migrations.AddField(
            model_name="client",
            name="doubtful_siret",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="client",
            name="name_town_key",
            field=models.CharField(blank=True, max_length=290),
        ),
        migrations.AddField(
            model_name="client",
            name="search_key",
            field=models.CharField(blank=True, max_length=700),
        ),
        migrations.AddField(
            model_name="contact",
            name="search_key",
            field=models.CharField(blank=True, max_length=700),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["organisation", "name_key", "id"], name="clients_by_name_key"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["organisation", "name_town_key"], name="clients_by_name_town"),
        ),
        migrations.RemoveIndex(
            model_name="client",
            name="clients_by_siret",
        ),
        migrations.RemoveIndex(
            model_name="client",
            name="clients_by_email",
        ),
        migrations.RemoveIndex(
            model_name="contact",
            name="clients_contact_by_email",
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["organisation", "siret"], name="clients_by_siret"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["organisation", "email_key"], name="clients_by_email"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["email_key"], name="clients_contact_by_email"),
        ),
    ]
