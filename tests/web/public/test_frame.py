"""What is kept of the counter's pages for all visitors says nothing of another organisation, basket or sum."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import override_settings

from comptoir.catalogue.models import Session
from tests.factories import make_organisation
from tests.web.public.visitor import Visitor


def head(page):
    return re.search(r"<header class=\"masthead\">.*?</header>", page, re.DOTALL)[0]


def drawn(source, **context):
    return Template(source).render(Context(context))


def test_the_head_says_whose_page_it_is_and_how_many_wait(visitor, session, other_counter):
    first = head(visitor.get("catalogue").content.decode())
    assert "Rhône Formation" in first
    assert ">Nos formations<" in first
    assert 'class="basket-link"' in first
    visitor.put_in(session)
    assert 'class="basket-link has-some"' in head(visitor.get("basket").content.decode())
    theirs = head(other_counter.get("catalogue").content.decode())
    assert "Rhône Formation" not in theirs
    assert "/isere/panier/" in theirs
    assert "has-some" not in theirs


def test_a_new_name_and_what_is_taken_are_on_the_next_page(visitor, organisation):
    before = head(visitor.get("basket").content.decode())
    assert "Demander une intervention" not in before
    organisation.name, organisation.takes_courses = "Rhône <Secours>", True
    organisation.save()
    after = head(visitor.get("basket").content.decode())
    assert "Rhône &lt;Secours&gt;" in after
    assert "Demander une intervention" in after


def test_pages_of_the_platform_have_a_head_too(client, db):
    with override_settings(ROOT_URLCONF="tests.web.styleguide_urls"):
        assert 'href="/"' in head(client.get("/styleguide/panier/").content.decode())


@pytest.mark.parametrize(
    ("place", "said", "short"),
    [
        ({"place": "Salle A", "address": "2, rue Haute", "city": "Nantes"}, "Salle A, 2, rue Haute, Nantes", "Nantes"),
        ({"place": "Salle A"}, "Salle A", "Salle A"),
        ({"address": "2, rue Haute"}, "2, rue Haute", "Lieu à préciser"),
        ({"city": "L’<Isle>"}, "L’&lt;Isle&gt;", "L’&lt;Isle&gt;"),
        ({}, "Lieu à préciser", "Lieu à préciser"),
        ({"is_remote": True, "city": "Nantes"}, "À distance", "À distance"),
    ],
)
def test_where_it_is_held(place, said, short):
    session = Session(**place)
    assert drawn("{% where session %}", session=session) == said
    assert drawn("{% where session short=True %}", session=session) == short


def test_each_sum_is_its_own():
    def shown(net, vat, name):
        total = SimpleNamespace(net_cents=net, vat_cents=vat, gross_cents=net + vat)
        return drawn("{% totals total name %}", total=total, name=name).replace("\u00a0", " ").replace("\u202f", " ")

    assert "1 200,00 €" in shown(100_000, 20_000, "TVA 20 %")
    assert "TVA (exonérée)" in (exempt := shown(120_000, 0, "TVA (exonérée)"))
    assert "20 %" not in exempt
    assert "<b>" not in shown(1, 0, "<b>")


def test_one_language_is_said_and_no_page_varies_by_it(visitor, organisation):
    answer = visitor.get("catalogue")
    assert answer.headers["Content-Language"] == "fr"
    assert "Accept-Language" not in answer.headers["Vary"]
    assert '<html lang="fr">' in answer.content.decode()


def test_another_organisation_of_the_same_name_keeps_its_own_addresses(organisation, clock):
    make_organisation("rhone-deux", name=organisation.name)
    page = Visitor(organisation, clock).get("basket").content.decode()
    other = Visitor(type(organisation).objects.get(slug="rhone-deux"), clock).get("basket").content.decode()
    assert 'href="/rhone/panier/"' in head(page)
    assert 'href="/rhone-deux/panier/"' in head(other)
