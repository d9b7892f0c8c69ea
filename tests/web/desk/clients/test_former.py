"""The old address of a record that was merged, then deleted."""

from comptoir.clients.models import FormerNumber
from tests.factories import make_client
from tests.web.desk.clients.conftest import HOME, text


def test_it_leads_to_the_kept_record_and_says_so(desk, organisation):
    kept = make_client(organisation, "Mairie de Toulon")
    FormerNumber.objects.create(organisation=organisation, number="C000777", former_id=777_777, client=kept)
    shown = desk.get(f"{HOME}777777/", follow=True)
    assert shown.redirect_chain == [(f"{HOME}{kept.pk}/", 302)]
    assert "a été fusionnée dans celle-ci" in text(shown)
    assert desk.get(f"{HOME}777778/").status_code == 404
