"""The old address of a record that was merged, then deleted; the other numbers that lead to a record."""

import re

from comptoir.clients.models import FormerNumber, GivenNumber
from tests.factories import make_client
from tests.web.desk.clients.conftest import HOME, text


def test_it_leads_to_the_kept_record_and_says_so(desk, organisation):
    kept = make_client(organisation, "Mairie de Toulon")
    FormerNumber.objects.create(organisation=organisation, number="C000777", former_id=777_777, client=kept)
    shown = desk.get(f"{HOME}777777/", follow=True)
    assert shown.redirect_chain == [(f"{HOME}{kept.pk}/", 302)]
    assert "a été fusionnée dans celle-ci" in text(shown)
    assert desk.get(f"{HOME}777778/").status_code == 404


def said(response):
    """The words of the page."""
    return " ".join(re.sub("<[^>]+>", " ", text(response)).split())


def test_its_other_numbers_are_on_its_page_and_lead_to_it(desk, organisation):
    kept = make_client(organisation, "Mairie de Toulon", number="C900001")
    assert "Aussi connu sous" not in text(desk.get(f"{HOME}{kept.pk}/"))
    FormerNumber.objects.create(organisation=organisation, number="C000777", former_id=777_777, client=kept)
    GivenNumber.objects.create(organisation=organisation, number="C000950", source="DM-7K3QX9MBT", client=kept)
    shown = said(desk.get(f"{HOME}{kept.pk}/"))
    assert "Aussi connu sous C000950 (demande DM-7K3QX9MBT) , C000777 (fiche fusionnée)" in shown
    assert "Mairie de Toulon" in text(desk.get(HOME, {"texte": "C 950"}))


def test_of_very_many_the_newest_are_named(desk, organisation):
    kept = make_client(organisation, "Mairie de Toulon", number="C900001")
    for number in range(20):
        given = {"number": f"C0001{number:02}", "source": f"DM-{number}", "client": kept}
        GivenNumber.objects.create(organisation=organisation, **given)
    shown = said(desk.get(f"{HOME}{kept.pk}/"))
    assert "C000119 (demande DM-19)" in shown
    assert "C000108 (demande DM-8) …" in shown
    assert "DM-7)" not in shown
