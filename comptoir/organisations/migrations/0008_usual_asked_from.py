from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_recognition_scale")]

    operations = [
        migrations.AlterField("organisation", "asked_from", models.PositiveSmallIntegerField(default=30)),
    ]
