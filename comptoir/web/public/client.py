"""Step 1: who would pay, and whom to call. A signed-in contact finds it filled in (A4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from comptoir.checkout import queries as checkout
from comptoir.clients.access import Reader
from comptoir.preregistrations.commands import baskets
from comptoir.preregistrations.queries.baskets import Contents
from comptoir.web.public import guard
from comptoir.web.public.forms import ClientForm
from comptoir.web.public.pages import shown
from comptoir.web.public.steps import back_to, bar, is_checked
from comptoir.web.public.summary import summary
from comptoir.web.public.walk import with_basket
from comptoir.web.shared.visitor import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@with_basket("client")
def client(request: Any, contents: Contents) -> HttpResponse:
    """Shown as typed so far; sent, it is kept as typed, and the next step opens when nothing is at fault."""
    if request.method == "POST":
        return _kept(request, contents)
    reader = reader_of(request)
    if contents.has_client and is_checked(request.GET):
        form = ClientForm(contents.typed)
    else:
        form = ClientForm(initial=contents.typed or known(reader))
    review = checkout.review(contents, seen_by=request.actor, at=request.at)
    context = {
        "form": form,
        "steps": bar("client", request.reached),
        "review": review,
        "summary": summary(review),
        "reader": reader,
        "trap": guard.TRAP,
        "stamp_name": guard.STAMP,
        "stamp": guard.stamp(contents.form_token, at=request.at),
    }
    return shown(request, "counter/client.html", context, contents=contents)


def _kept(request: Any, contents: Contents) -> HttpResponse:
    baskets.keep_client(basket_id=contents.basket_id, typed=request.POST, by=request.actor, at=request.at)
    try:
        guard.check(request.POST, contents.form_token, at=request.at)
    except guard.NotAPerson as refusal:
        messages.warning(request, refusal.sentence)
        return back_to("client")
    if not ClientForm(request.POST).is_valid():
        return back_to("client", revoir="1")
    return redirect("counter:people")


def known(reader: Reader | None) -> dict[str, str]:
    """What the client's record and the contact already say."""
    if reader is None:
        return {"kind": "firm"}
    client_, contact = reader.client, reader.contact
    person = client_.kind == "person"
    return {
        "kind": "person" if person else "firm", "legal_name": client_.legal_name, "siret": client_.siret,
        "client_number": client_.number, "address": client_.address, "postcode": client_.postcode, "city": client_.city,
        "first_name": contact.first_name, "last_name": contact.last_name, "email": contact.email or client_.email,
        "phone": contact.phone or client_.phone,
    }  # fmt: skip
