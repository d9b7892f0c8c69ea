"""Public pages call what is offered as the organisation does: courses, events, activities."""

import pytest

from comptoir.organisations.states import Offering
from comptoir.web.shared.offering import words_of
from tests.web.desk.desk import words

pytestmark = pytest.mark.django_db
SAID = {
    "courses": ("Nos formations", "Chercher une formation", "1 formation a des dates ouvertes"),
    "events": ("Nos évènements", "Chercher un évènement", "1 évènement a des dates ouvertes"),
    "activities": ("Nos activités", "Chercher une activité", "1 activité a des dates ouvertes"),
}


@pytest.mark.parametrize("offering", Offering.values)
def test_the_catalogue_speaks_of_nothing_else(offering, organisation, session, client):
    type(organisation).objects.update(offering=offering)
    page = words(client.get(f"/{organisation.slug}/"))
    assert all(said in page for said in SAID[offering])
    others = {said for name, all_said in SAID.items() if name != offering for said in all_said}
    assert not [said for said in others if said in page]
    empty = words(client.get(f"/{organisation.slug}/?q=introuvable"))
    assert str(words_of(organisation.__class__.objects.get()).none) in empty


@pytest.mark.parametrize("offering", Offering.values)
def test_the_last_page_leads_back_to_what_is_offered(offering, organisation, session, visitor):
    type(organisation).objects.update(offering=offering)
    page = words(visitor.order(session))
    ways = [str(words_of(type(organisation)(offering=one)).all) for one in Offering.values]
    assert [said for said in ways if said in page] == [str(words_of(type(organisation)(offering=offering)).all)]


@pytest.mark.parametrize("offering", Offering.values)
def test_several_are_counted_in_its_words(offering, organisation):
    organisation.offering = offering
    assert words_of(organisation).counted(3).startswith("3 ")
    assert "ont des dates ouvertes" in words_of(organisation).counted(3)


def test_where_there_is_no_organisation_courses_are_meant():
    assert str(words_of(None).ours) == "Nos formations"
