# The accounts to validate are listed and counted from an index, among 200,000: the database keeps the key of each, from
# the member's own columns and from the account's address.

from django.db import migrations, models

OWN = (
    "{m}.erased_at IS NULL AND {m}.checked_email <> '' AND {m}.born_on IS NOT NULL AND {m}.last_name <> ''"
    " AND {m}.first_name <> '' AND {m}.phone <> '' AND {m}.address <> '' AND {m}.postcode <> '' AND {m}.city <> ''"
)
KEY = (
    f"CASE WHEN {OWN} AND {{m}}.checked_email = (SELECT u.email FROM accounts_user u WHERE u.id = {{m}}.user_id)"  # noqa: S608
    " THEN CASE WHEN {m}.state = 'validated' THEN '2' ELSE '1' END || {m}.search_key ELSE '' END"
)
FILL = f"UPDATE members_member SET validation_key = {KEY.format(m='members_member')}"  # noqa: S608  # names of ours
PUT = f"{FILL} WHERE id = NEW.id AND validation_key IS NOT {KEY.format(m='members_member')}"
SQLITE = (
    f"CREATE TRIGGER members_key_new AFTER INSERT ON members_member BEGIN {PUT}; END",
    f"CREATE TRIGGER members_key_changed AFTER UPDATE ON members_member BEGIN {PUT}; END",
    f"""CREATE TRIGGER members_key_address AFTER UPDATE OF email ON accounts_user WHEN OLD.email <> NEW.email
    BEGIN {FILL} WHERE user_id = NEW.id; END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION members_key() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.validation_key := {KEY.format(m="NEW")}; RETURN NEW; END $$""",
    """CREATE TRIGGER members_key BEFORE INSERT OR UPDATE ON members_member
    FOR EACH ROW EXECUTE FUNCTION members_key()""",
    # Said again, the key is worked out again, once whoever writes the same member has ended.
    """CREATE FUNCTION members_key_address() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE members_member SET validation_key = '' WHERE user_id = NEW.id; RETURN NULL; END $$""",
    """CREATE TRIGGER members_key_address AFTER UPDATE OF email ON accounts_user
    FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION members_key_address()""",
)


def add_column(_apps, schema_editor):
    """By hand, so that SQLite does not make the table anew, which would drop its triggers."""
    schema_editor.execute("ALTER TABLE members_member ADD COLUMN validation_key varchar(331) NOT NULL DEFAULT ''")


def keep_keys(_apps, schema_editor):
    """Filled, then kept by triggers. SQLite: a later migration that makes either table anew drops them, and must run
    these lines again; the tests of the validation fail until it does.
    """
    schema_editor.execute(FILL)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_parts_of_names"), ("accounts", "0003_count_tries")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_column, elidable=False)],
            state_operations=[
                migrations.AddField(
                    model_name="member",
                    name="validation_key",
                    field=models.CharField(blank=True, editable=False, max_length=331),
                    preserve_default=False,
                )
            ],
        ),
        migrations.RunPython(keep_keys, migrations.RunPython.noop, elidable=False),
        migrations.RemoveIndex(model_name="member", name="members_by_name"),
        migrations.RemoveIndex(model_name="member", name="members_by_state"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", True)),
                fields=["organisation", "search_key", "id"],
                name="members_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organisation", "validation_key", "id"], name="members_to_validate"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organisation", "state", "validation_key", "id"], name="members_by_state"),
        ),
    ]
