"""The content policy: the same words as Django's, a nonce where a page uses one, a view's own where it set one."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.views.decorators.csp import csp_override

from comptoir.web.shared.policy import HEADER, PolicyMiddleware


def plain(request):
    return HttpResponse("x")


def with_a_nonce(request):
    return HttpResponse(f"<style nonce={request._csp_nonce}>")


@csp_override({"default-src": ["'none'"]})
def own(request):
    return HttpResponse("x")


@csp_override({})
def none(request):
    return HttpResponse("x")


def written(request):
    return HttpResponse("x", headers={HEADER: "default-src *"})


@pytest.mark.parametrize("view", [plain, own, none, written])
def test_each_page_has_what_django_would_write(view, rf):
    ours, theirs = (
        one(view)(rf.get("/")).headers.get(HEADER) for one in (PolicyMiddleware, ContentSecurityPolicyMiddleware)
    )
    assert ours == theirs


def test_a_nonce_is_one_page_s_alone(rf):
    said = [PolicyMiddleware(with_a_nonce)(rf.get("/")) for _time in range(2)]
    for answer in said:
        assert answer.content.decode().partition("nonce=")[2].rstrip(">") in answer.headers[HEADER]
    assert said[0].headers[HEADER] != said[1].headers[HEADER]
    assert "nonce" not in PolicyMiddleware(plain)(rf.get("/")).headers[HEADER]


def test_it_is_in_force_on_every_page():
    assert "comptoir.web.shared.policy.PolicyMiddleware" in settings.MIDDLEWARE
