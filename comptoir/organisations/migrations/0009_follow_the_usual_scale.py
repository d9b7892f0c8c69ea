"""A request is taken for a client from 30 where it was from 40: for those who had chosen no scale of their own."""

from django.db import migrations


def follow(apps, _schema_editor):
    """Organisations on the usual scale stay on the usual one."""
    organisations = apps.get_model("organisations", "Organisation").objects
    organisations.filter(certain_from=95, probable_from=10, asked_from=40).update(asked_from=30)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_usual_asked_from")]

    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
