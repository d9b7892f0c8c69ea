"""A number that leads on remembers the file its record came from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0004_former_numbers"),
        ("organisations", "0005_proposal_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="formernumber",
            name="imported_id",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddIndex(
            model_name="formernumber",
            index=models.Index(fields=["organisation", "imported_id"], name="clients_former_import"),
        ),
    ]
