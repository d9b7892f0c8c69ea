"""Write a message: model, words, to whom, files; it is saved as a draft until it is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import attempt
from comptoir.base.speaking import FRENCH
from comptoir.letters import queries
from comptoir.letters.commands import drafting, sending
from comptoir.mail.kinds import variables_of
from comptoir.mail.wording.letters import MODELS
from comptoir.web.desk.letters.doors import writer
from comptoir.web.desk.letters.forms import WriteForm
from comptoir.web.shared.refused import put_on

MOST_NAMED = 50  # of those left out


@require_POST
@writer
def convocation(request: HttpRequest, session_id: int) -> HttpResponse:
    """A draft of the convocation of all who are validated for this session."""
    here: Any = request
    return redirect("desk:letter-draft", drafting.begin_convocation(session_id=session_id, by=here.actor, at=here.at))


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft; POST saves it, and sends it when asked to."""
    here: Any = request
    if queries.sent(seen_by=here.actor).filter(pk=draft_id).exists():  # a double click, a page reloaded
        return redirect("desk:letter", draft_id)
    row = queries.draft(draft_id, seen_by=here.actor)
    plan = queries.plan(row, seen_by=here.actor)
    if request.method != "POST":
        initial = {name: getattr(row, name) for name in ("audience", "with_cancelled", "subject", "body")}
        return _page(request, row, plan, WriteForm(plan=plan, people=plan.by_turn(row.audience), initial=initial))
    form = WriteForm(request.POST, request.FILES, plan=plan, people=plan.by_turn(row.audience))
    is_sending = request.POST.get("act") == "send"
    command = sending.send_letter if is_sending else drafting.change_draft
    if form.is_valid():
        who = {"letter_id": draft_id, "by": here.actor, "at": here.at}
        if not put_on(form, attempt(command, written=form.written(), **who)):
            if is_sending:
                messages.success(request, _("Le message part. Voici ce que devient chacun."))
                return redirect("desk:letter", draft_id)
            messages.success(request, _("Le brouillon est enregistré. Rien n’est parti."))
            return redirect("desk:letter-draft", draft_id)
    return _page(request, row, plan, form)


@require_POST
@writer
def model(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft begins again from another model's words."""
    here: Any = request
    drafting.take_model(letter_id=draft_id, kind=request.POST.get("kind", ""), by=here.actor, at=here.at)
    return redirect("desk:letter-draft", draft_id)


@require_POST
@writer
def detach(request: HttpRequest, draft_id: int, attachment_id: int) -> HttpResponse:
    """The file will not go."""
    here: Any = request
    drafting.detach_file(letter_id=draft_id, attachment_id=attachment_id, by=here.actor)
    return redirect("desk:letter-draft", draft_id)


@require_POST
@writer
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft is gone."""
    here: Any = request
    drafting.discard_draft(letter_id=draft_id, by=here.actor, at=here.at)
    messages.success(request, _("Le brouillon est jeté. Rien n’est parti."))
    return redirect("desk:letters")


def _page(request: HttpRequest, row: Any, plan: queries.Plan, form: WriteForm) -> HttpResponse:
    audience = form["audience"].value()
    found = plan.by_audience.get(audience, plan.by_audience[row.audience])
    kind = MODELS[row.kind]
    variables = [
        {"name": f"{{{one.name(FRENCH)}}}", "label": one.label, "is_needed": one.code in kind.needed}
        for one in variables_of(kind)
    ]
    context = {
        "row": row, "form": form, "kind": kind, "models": MODELS.values(), "variables": variables,
        "shown": form["person"].value() or next((one.pk for one in plan.by_turn(row.audience)), 0),
        "files": queries.files(row), "mails": len(found.groups), "outside": found.outside, "chosen": len(row.chosen),
        "skipped": [(one, why.label) for one, why in found.skipped[:MOST_NAMED]], "left_out": len(found.skipped),
        "more": max(0, len(found.skipped) - MOST_NAMED),
    }  # fmt: skip
    return render(request, "desk/letters/write.html", context, status=422 if form.errors else 200)
