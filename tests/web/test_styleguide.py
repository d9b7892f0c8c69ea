"""Every page of the style guide is drawn, in French spacing, with no inline style, script or handler."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import set_urlconf

from comptoir.web.shared import styleguide

KINDS = ["", *styleguide.KINDS]
FORBIDDEN = re.compile(r"<style|<script(?![^>]+\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
TEXT = re.compile(r">([^<]+)<")
# A plain space before a high sign could end a line: French asks for one that does not break.
LOOSE = re.compile(r"\S [;!?»](?:\s|$)|« |\w :(?:\s|$)")


@pytest.fixture
def guide(settings):
    settings.ROOT_URLCONF = "tests.web.styleguide_urls"
    set_urlconf("tests.web.styleguide_urls")
    yield drawn
    set_urlconf(None)


def drawn(kind):
    request = RequestFactory().get(f"/styleguide/{kind}")
    request.user = AnonymousUser()
    view = styleguide.page_kind if kind else styleguide.components
    return view(request, **({"kind": kind} if kind else {})).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_obeys_the_content_policy(guide, kind):
    assert FORBIDDEN.findall(guide(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_has_one_title_a_way_in_and_no_loose_sign(guide, kind):
    page = guide(kind)
    assert page.count("<h1") == 1
    assert 'class="skip" href="#contenu"' in page
    assert page.count('id="contenu"') == 1
    assert [text for text in TEXT.findall(page) if LOOSE.search(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_identifiers_are_given_once(guide, kind):
    names = re.findall(r'\sid="([^"]+)"', guide(kind))
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "503", "csrf"])
def test_pages_of_what_went_wrong_need_nothing(code):
    page = render_to_string(f"shared/{code}.html", {"organisation": None})
    assert page.count("<h1") == 1
    assert FORBIDDEN.findall(page) == []
