# The moment a session begins, so that what is on sale is found by one comparison.

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models import CASCADE, Min


def fill(apps, _schema_editor):
    """The first slot, else the first hour of the first day where the session is held."""
    sessions = apps.get_model("catalogue", "Session").objects.annotate(first=Min("slots__starts_at"))
    for session in sessions.iterator():
        day = datetime.combine(session.starts_on, time(), ZoneInfo(session.time_zone))
        session.begins_at = session.first or day.astimezone(UTC)
        session.save(update_fields=["begins_at"])


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_session_search_key")]

    operations = [
        migrations.AddField("session", "begins_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("session", "begins_at", models.DateTimeField()),
        migrations.AlterField(
            "session",
            "organisation",
            models.ForeignKey(
                db_index=False, on_delete=CASCADE, related_name="sessions", to="organisations.organisation"
            ),
        ),
        migrations.RemoveIndex("session", "catalogue_on_sale"),
        migrations.AddIndex(
            "session",
            models.Index(
                condition=models.Q(("is_published", True), ("kind", "inter"), ("state", "open")),
                fields=["organisation", "begins_at", "id", "activity"],
                name="catalogue_on_sale",
            ),
        ),
    ]
