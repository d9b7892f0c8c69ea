"""The baskets of the day that had become requests say so themselves from now on."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef


def fill(apps, _editor):
    """A basket whose form token is a request's was confirmed when it was last touched."""
    basket, request = (apps.get_model("preregistrations", name) for name in ("Basket", "Request"))
    sent = request.objects.filter(organisation=OuterRef("organisation"), token=OuterRef("form_token"))
    basket.objects.filter(Exists(sent)).update(confirmed_at=F("touched_at"))


class Migration(migrations.Migration):
    dependencies = [("preregistrations", "0003_basket_confirmed")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
