"""In which language a page is said: French, unless its reader chose English. A browser that asks for English is shown
French with the way to English, not the other way round: it is what its organisation wrote (ADR 6).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from comptoir.web.shared.samesite import FromElsewhere, check_same_site

COOKIE = "langue"
NAMES = dict(settings.LANGUAGES)
KEPT_FOR = 365 * 24 * 3600  # seconds


def language_of(request: HttpRequest) -> str:
    """The code of the language this reader chose; French when they chose none."""
    return request.COOKIES[COOKIE] if has_chosen(request) else settings.LANGUAGE_CODE


def has_chosen(request: HttpRequest) -> bool:
    """Whether this reader said in which language they read."""
    return request.COOKIES.get(COOKIE) in NAMES


def follow(request: HttpRequest, language: str) -> None:
    """The page is in that language, of the mail whose link led to it, unless its reader chose another."""
    if not has_chosen(request):
        translation.activate(language)


@csrf_exempt  # `check_same_site` stands for the token: the button is at the foot of pages that anybody may keep
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """This browser's pages are in that language from now on; back to the page where it was chosen."""
    try:
        check_same_site(request)
    except FromElsewhere:
        return render(request, "shared/403.html", status=403)
    response: HttpResponse = redirect(_back(request))
    chosen = request.POST.get("language", "")
    if chosen in NAMES:
        response.set_cookie(
            COOKIE, chosen, max_age=KEPT_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_ours else get_script_prefix()
