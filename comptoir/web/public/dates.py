"""A client confirms the dates of a session (D7): a GET decides nothing, whatever opens the link; the button answers."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.bookings import calendars
from comptoir.proposals.commands.answering import LONGEST, Reply, answer
from comptoir.proposals.links import NO, link_of
from comptoir.proposals.own import Own, own
from comptoir.web.public.pages import shown
from comptoir.web.shared.doors import STATUS, public
from comptoir.web.shared.samesite import check_same_site


class ReplyForm(forms.Form):
    """What one may add to an answer."""

    comment = forms.CharField(
        label=gettext_lazy("Un mot pour nous"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    other_dates = forms.CharField(
        label=gettext_lazy("D’autres dates vous iraient mieux\u202f?"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Écrivez-les comme elles viennent\u00a0: «\u202fplutôt la semaine du 14\u202f», «\u202fun lundi\u202f»."
        ),
    )  # fmt: skip


@csrf_exempt  # a page without referrer sends its form without an origin; the link itself is the right to answer
@require_http_methods(["GET", "HEAD", "POST"])
@public
def dates(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """The dates, and the question; POST is the answer."""
    here: Any = request
    found = _opened(here, reference, link)
    if request.method != "POST":
        return _page(request, found, ReplyForm(initial=_typed(found)))
    check_same_site(request)
    form = ReplyForm(request.POST)
    refusal: Refusal | None = None
    if form.is_valid():
        said = form.cleaned_data
        reply = Reply(request.POST.get("answer", ""), said["comment"], said["other_dates"])
        refusal = attempt(answer, reference=reference, link=link, reply=reply, by=here.actor, at=here.at)
        if refusal is None:
            return _kept_by_nobody(redirect("counter:dates", reference, link))
    return _page(request, _opened(here, reference, link), form, refusal=refusal)


@require_safe
@public
def calendar(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """The sittings, for one's calendar, while the dates hold."""
    here: Any = request
    found = _opened(here, reference, link)
    if not (found.is_open or found.is_late):
        raise Http404
    content = calendars.calendar([found.proposal.session], at=here.at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.proposal.session.reference}.ics"'
    return _kept_by_nobody(response)


def _opened(request: Any, reference: str, link: str) -> Own:
    found = own(reference, link, organisation_id=request.organisation.pk, at=request.at)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Own, form: ReplyForm, *, refusal: Refusal | None = None) -> HttpResponse:
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    if not (found.is_open or found.is_late):
        return _kept_by_nobody(shown(request, "counter/dates_over.html", {"refusal": found.refusal}, status=status))
    context = {"found": found, "form": form, "refusal": refusal, "is_no_first": request.GET.get("reponse") == NO}
    context["link"] = link_of(found.proposal.reference, organisation_id=found.proposal.organisation_id)
    return _kept_by_nobody(shown(request, "counter/dates.html", context, status=status))


def _typed(found: Own) -> dict[str, str]:
    last = found.answer
    return {"comment": last.comment, "other_dates": last.other_dates} if last else {}


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """No browser, proxy or next page learns the address (T38)."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
