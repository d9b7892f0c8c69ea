# What the engine keeps of a client is written with its profile, in one transaction: that the client is there, and whose
# it is, is checked once, by the profile's own key. Checking fifteen keys more a client was half of an import's wait.

import django.db.models.deletion
from django.db import migrations, models


def unchecked(to, **options):
    """A key of which the database does not look whether it leads anywhere."""
    return models.ForeignKey(
        db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=to, **options
    )


class Migration(migrations.Migration):
    dependencies = [("clients", "0007_scans_that_fail")]

    operations = [
        migrations.AlterField("profile", "organisation", unchecked("organisations.organisation")),
        migrations.AlterField("lookupkey", "organisation", unchecked("organisations.organisation", db_index=False)),
        migrations.AlterField("lookupkey", "client", unchecked("clients.client")),
        migrations.AlterField("tocompare", "organisation", unchecked("organisations.organisation")),
        migrations.AlterField("tocompare", "client", unchecked("clients.client", db_index=False)),
    ]
