# A part of a name is found among 200,000 members: by trigrams in PostgreSQL; SQLite reads the index of names, whole.

from django.db import migrations


def find_parts_of_names(_apps, schema_editor):
    """SQLite has no such index; pg_trgm is a trusted extension since PostgreSQL 13: the owner may create it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute("CREATE INDEX members_words ON members_member USING gin (search_key gin_trgm_ops)")


class Migration(migrations.Migration):
    dependencies = [("members", "0001_begin")]

    operations = [migrations.RunPython(find_parts_of_names, migrations.RunPython.noop, elidable=False)]
