"""Sign up to a public course, without an account; and answer the mail that asks to leave an earlier sign-up (F1, F2).

The answer to a sign-up is one page for everybody. A GET of the mailed link changes nothing: machines open links.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.base.tokens import new_token
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue.queries import current_terms
from comptoir.checkout.courses import SignUp, course_offer, replace, sign_up
from comptoir.checkout.offers import Offer
from comptoir.courses import queries
from comptoir.web.public import guard, source
from comptoir.web.public.forms import Answer
from comptoir.web.public.pages import shown
from comptoir.web.shared import evened
from comptoir.web.shared.doors import STATUS, public
from comptoir.web.shared.languages import follow
from comptoir.web.shared.refused import put_on
from comptoir.web.shared.samesite import check_same_site


class SignUpForm(forms.Form):
    """One person. What is missing or wrong is said by the domain, every field at once (F6)."""

    use_required_attribute = False
    first_name = Answer(_("Prénom"), "given-name")
    last_name = Answer(_("Nom"), "family-name")
    email = Answer(
        _("Adresse de courriel"), "email", type="email",
        help_text=_("La vôtre\u00a0: la confirmation y est envoyée."),
    )  # fmt: skip
    phone = Answer(
        _("Téléphone"), "tel", required=False, type="tel", help_text=_("Pour vous joindre si une date change.")
    )
    seat_type = forms.TypedChoiceField(
        label=_("Tarif"), coerce=int, error_messages={"required": _("Choisissez un tarif.")}
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("Vous payez par"), error_messages={"required": _("Choisissez par quel moyen vous payez.")}
    )
    accepted = forms.BooleanField(label=_("J’accepte les conditions générales de vente."), required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, offer: Offer, has_terms: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        rates = [(pk, rate.name) for pk, rate in offer.rates.items()]
        methods = [(one.value, one.label) for one in offer.rules.methods]
        priced = bool(rates) or bool(offer.price_cents(None))
        for name, choices in (("seat_type", rates), ("method", methods if priced else [])):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        if not has_terms:
            del self.fields["accepted"]


@require_http_methods(["GET", "HEAD", "POST"])
@public
def course(request: Any, reference: str) -> HttpResponse:
    """The form of one session; sent, the same next page whatever was known of the person."""
    offer = course_offer(reference, by=request.actor, at=request.at)
    terms = current_terms(request.organisation.pk)
    how: dict[str, Any] = {"offer": offer, "has_terms": terms is not None}
    if request.method != "POST":
        return _form(request, offer, SignUpForm(initial={"token": new_token()}, **how), status=200)
    since = evened.began()
    form = SignUpForm(request.POST, **how)
    if form.is_valid() and not put_on(form, attempt(_send, request, form, offer, terms)):
        evened.take_as_long(since)
        return redirect("counter:course-sent")
    return _form(request, offer, form, status=422)


def _send(request: Any, form: SignUpForm, offer: Offer, terms: Any) -> None:
    said = form.cleaned_data
    guard.check(request.POST, said["token"], at=request.at)
    source.count("basket", request, at=request.at)
    version = terms.version if terms and said.get("accepted") else None
    wanted = SignUp(
        offer.session.reference, said["first_name"], said["last_name"], said["email"], said["phone"],
        said.get("seat_type"), said.get("method", ""), version, said["token"],
    )  # fmt: skip
    sign_up(wanted, by=request.actor, at=request.at)


def _order(offer: Offer) -> SeatOrder:
    """The order that holds for the dearest rate: what costs nothing has no payment to wait for."""
    prices = [offer.price_cents(pk) for pk in offer.rates] or [offer.price_cents(None)]
    return queries.seat_order_among(offer.session.activity_id, prices)


def _form(request: Any, offer: Offer, form: SignUpForm, *, status: int) -> HttpResponse:
    token, order = str(form["token"].value() or ""), _order(offer)
    context = {
        "form": form, "session": offer.session, "terms": "accepted" in form.fields, "trap": guard.TRAP,
        "stamp_name": guard.STAMP, "stamp": guard.stamp(token, at=request.at),
        "seats_said": order.sentence, "takes_no_seat": order != SeatOrder.ARRIVAL,
    }  # fmt: skip
    response = shown(request, "counter/course.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@public
def sent(request: Any) -> HttpResponse:
    """« Regardez votre messagerie »: the same for everybody."""
    return _kept_by_nobody(shown(request, "counter/course_sent.html", {}))


@csrf_exempt  # a page without referrer sends its form without an origin; the link itself is the right to answer
@require_http_methods(["GET", "HEAD", "POST"])
@public
def replacement(request: HttpRequest, token: str) -> HttpResponse:
    """What would be left and what taken; POST does it."""
    here: Any = request
    refusal: Refusal | None = None
    if opened := queries.replacement(token, organisation_id=here.organisation.pk, at=here.at):
        follow(request, opened.earlier.booking.language)
    if request.method == "POST":
        check_same_site(request)
        refusal = attempt(replace, token=token, by=here.actor, at=here.at)
    is_done = request.method == "POST" and refusal is None
    asked = None if is_done else queries.replacement(token, organisation_id=here.organisation.pk, at=here.at)
    status = STATUS[refusal.kind] if refusal else 200 if asked or is_done else 404
    context = {"asked": asked, "is_done": is_done, "refusal": refusal}
    return _kept_by_nobody(shown(here, "counter/course_replacing.html", context, status=status))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
