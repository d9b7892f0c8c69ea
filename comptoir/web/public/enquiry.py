"""Ask for first-aid cover (DPS) or an in-house course. The answer, its mail and its time are the same whoever the
engine recognises: nobody learns from them who our clients are (G2, T62).
"""

import re
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.base.errors import Refusal
from comptoir.base.tokens import new_token
from comptoir.clients.access import Reader
from comptoir.deals.states import Service
from comptoir.enquiries.commands.asking import ask, is_open
from comptoir.preregistrations.commands.requests import TokenReused
from comptoir.web.public import guard, source
from comptoir.web.public.client import known
from comptoir.web.public.enquiry_forms import FORMS, EnquiryForm
from comptoir.web.public.pages import shown
from comptoir.web.public.prose import blocks
from comptoir.web.shared import evened
from comptoir.web.shared.doors import public
from comptoir.web.shared.refused import put_on
from comptoir.web.shared.visitor import actor_for, reader_of

PATHS = {"poste-de-secours": Service.COVER, "formation": Service.COURSE}
TITLES = {
    Service.COVER: _("Demander un poste de secours"),
    Service.COURSE: _("Demander une formation en interne"),
}
TEXTS = {
    Service.COVER: _("Pour un évènement\u00a0: dites où, quand et devant combien de personnes."),
    Service.COURSE: _("Pour votre équipe, à vos dates\u00a0: dites quoi, pour combien de personnes et où."),
}
KEY = "cle"  # of the form: the same key sent twice is one request (T20)
KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
SALT = "counter.enquiry"


@require_safe
@public
def services(request: HttpRequest) -> HttpResponse:
    """What may be asked for here; the form itself when there is but one."""
    here: Any = request
    offered = [(path, one) for path, one in PATHS.items() if is_open(one, here.organisation)]
    if not offered:
        raise Http404
    if len(offered) == 1:
        return redirect("counter:enquiry-form", offered[0][0])
    cards = [{"path": path, "title": TITLES[one], "text": TEXTS[one]} for path, one in offered]
    return shown(request, "counter/enquiry.html", {"cards": cards, "blocks": blocks(here.organisation.enquiry_intro)})


@require_http_methods(["GET", "HEAD", "POST"])
@public
def form(request: HttpRequest, what: str) -> HttpResponse:
    """The form; sent, it names every fault at once and keeps what was typed, or leads to the reference."""
    here: Any = request
    service = PATHS.get(what)
    if service is None or not is_open(service, here.organisation):
        raise Http404
    reader = reader_of(here)
    asked = _form(here, service, reader)
    key = _key(request)
    if request.method == "POST":
        since = evened.began()
        reference, key = _sent(here, asked, key, reader)
        if reference:
            evened.take_as_long(since)
            return redirect("counter:enquiry-sent", signing.dumps(reference, salt=SALT))
    context = {
        "form": asked, "service": service, "what": what, "title": TITLES[service], "text": TEXTS[service],
        "reader": reader, "key_name": KEY, "key": key, "blocks": blocks(here.organisation.enquiry_intro),
        "trap": guard.TRAP, "stamp_name": guard.STAMP, "stamp": guard.stamp(key, at=here.at),
    }  # fmt: skip
    response = shown(request, "counter/enquiry_form.html", context, status=422 if asked.errors else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@public
def sent(request: HttpRequest, sealed: str) -> HttpResponse:
    """The reference, and what comes next; nothing of who asked."""
    try:
        reference = signing.loads(sealed, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    here: Any = request
    response = shown(request, "counter/enquiry_sent.html", {"reference": reference, "reader": reader_of(here)})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _key(request: HttpRequest) -> str:
    """The form's own key, or another for what none of our forms holds."""
    said = request.POST.get(KEY, "")
    return said if KEY_SHAPE.fullmatch(said) else new_token()


def _form(request: Any, service: Service, reader: Reader | None) -> EnquiryForm:
    told = {"organisation": request.organisation, "today": localdate(request.at)}
    if request.method == "POST":
        return FORMS[service](request.POST, **told)
    initial = known(reader) | ({"kind": reader.client.kind} if reader else {})
    return FORMS[service](initial=initial | {"activity": request.GET.get("activite", "")}, **told)


def _sent(request: Any, asked: EnquiryForm, key: str, reader: Reader | None) -> tuple[str, str]:
    """The reference of what was asked ('' when it was refused), and the key of the form to show."""
    if not asked.is_valid():
        return "", key
    client_id = reader.client.pk if reader else None  # by the server, whatever the form says (A4)
    try:
        guard.check(request.POST, key, at=request.at)
        source.count("enquiry", request, at=request.at)
        by = actor_for(request, reader)
        return ask(wish=asked.wish(), token=key, client_id=client_id, by=by, at=request.at), key
    except Refusal as refusal:
        put_on(asked, refusal)
        return "", new_token() if isinstance(refusal, TokenReused) else key
