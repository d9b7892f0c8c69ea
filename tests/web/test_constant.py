"""Tags that say the same each time still say it in the page's language, and inside its own organisation."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch, set_script_prefix, set_urlconf
from django.utils import translation


@pytest.fixture
def counter(settings):
    """Addresses as an organisation's pages see them."""
    set_urlconf(settings.ORGANISATION_URLCONF)
    yield
    set_script_prefix("/")
    set_urlconf(None)


def said(source, **context):
    return engines["django"].from_string(source).render(context)


def test_one_template_speaks_each_language_it_is_asked_in():
    page = engines["django"].from_string('{% translate "Yes" %}')
    for language, word in (("fr", "Oui"), ("en", "Yes"), ("fr", "Oui")):
        with translation.override(language):
            assert page.render() == word


def test_words_that_are_not_in_the_template_are_looked_up_each_time():
    page = engines["django"].from_string('{% translate word %} {% translate "Yes" as kept %}{{ kept }}')
    with translation.override("fr"):
        assert page.render({"word": "No"}) == "Non Oui"
        assert page.render({"word": "Yes"}) == "Oui Oui"


def test_one_template_leads_into_the_organisation_it_is_shown_by(counter):
    page = engines["django"].from_string("{% url 'counter:basket' %}")
    for prefix in ("/loire-formation/", "/festival-des-rives/", "/loire-formation/"):
        set_script_prefix(prefix)
        assert page.render() == f"{prefix}panier/"


def test_an_address_is_kept_under_a_name_and_an_unknown_one_is_nothing(counter):
    assert said("{% url 'counter:basket' as there %}[{{ there }}]") == "[/panier/]"
    assert said("{% url 'nowhere' as there %}[{{ there }}]") == "[]"


def test_an_unknown_address_is_a_fault(counter):
    with pytest.raises(NoReverseMatch):
        said("{% url 'nowhere' %}")


def test_an_address_with_something_in_it_is_built_each_time(counter):
    page = engines["django"].from_string("{% url 'counter:activity' slug=slug %}")
    assert page.render({"slug": "a"}) != page.render({"slug": "b"})
    assert said("{% autoescape off %}{% url 'counter:basket' %}{% endautoescape %}") == "/panier/"


def test_a_file_is_named_once_and_a_name_that_varies_each_time():
    assert said("{% static 'comptoir/comptoir.js' %}") == "/static/comptoir/comptoir.js"
    assert said("{% static name %}", name="x.css") == "/static/x.css"
