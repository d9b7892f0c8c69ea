from django.db import migrations, models

OPEN = ["queued", "sending"]


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_fate_of_each_mail")]

    operations = [
        migrations.RemoveIndex("message", "mail_due"),
        migrations.AlterField("message", "next_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            "UPDATE mail_message SET next_at = NULL WHERE state NOT IN ('queued', 'sending')", migrations.RunSQL.noop
        ),
        migrations.AddIndex(
            "message",
            models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at", "id"], name="mail_due"),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_at__isnull", False), ("state__in", OPEN)),
                    models.Q(models.Q(("state__in", OPEN), _negated=True), ("next_at__isnull", True)),
                    _connector="OR",
                ),
                name="mail_due_while_open",
            ),
        ),
    ]
