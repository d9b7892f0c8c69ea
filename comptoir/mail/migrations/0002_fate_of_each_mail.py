from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_begin")]

    operations = [
        migrations.AddField("message", "answers", models.JSONField(default=dict)),
        migrations.AddField("message", "fate", models.JSONField(default=list)),
        migrations.AddField("message", "is_stranded", models.BooleanField(default=False)),
        migrations.AddField("message", "secret", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("message", "queued_at", models.DateTimeField(null=True)),
        migrations.RunSQL("UPDATE mail_message SET queued_at = created_at", migrations.RunSQL.noop),
        migrations.AlterField("message", "queued_at", models.DateTimeField()),
    ]
