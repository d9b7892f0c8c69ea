"""A count that ends a person's sessions (T55)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_begin")]

    operations = [
        migrations.AddField("user", "session_round", models.PositiveIntegerField(default=0)),
    ]
