"""A request is taken for a client from 30 where it was from 40: where nobody chose another scale (docs/matching.md)."""

from django.db import migrations, models


def follow(apps, _schema_editor):
    """Organisations on the usual scale stay on the usual one."""
    organisations = apps.get_model("organisations", "Organisation").objects
    organisations.filter(certain_from=95, probable_from=10, asked_from=40).update(asked_from=30)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_recognition_scale")]

    operations = [
        migrations.AlterField("organisation", "asked_from", models.PositiveSmallIntegerField(default=30)),
        migrations.RunPython(follow, migrations.RunPython.noop),
    ]
