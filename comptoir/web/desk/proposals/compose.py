"""Write a proposal: deadline, recipients, words, files; it is saved as a draft until it is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import attempt
from comptoir.base.speaking import FRENCH
from comptoir.mail.kinds import variables_of
from comptoir.mail.wording.proposals import PROPOSAL
from comptoir.proposals import people, queries
from comptoir.proposals.commands import drafting
from comptoir.proposals.commands.sending import send_proposal
from comptoir.web.desk.proposals.doors import seller
from comptoir.web.desk.proposals.forms import WriteForm
from comptoir.web.shared.refused import put_on

WORDS = ("subject", "body", "cc", "bcc")


@require_http_methods(["GET", "HEAD", "POST"])
@seller
def draft(request: HttpRequest, sending_id: int) -> HttpResponse:
    """The draft; POST saves it, and sends it when asked to."""
    here: Any = request
    sent = queries.sendings(seen_by=here.actor).filter(pk=sending_id, state="sent").first()
    if sent is not None:  # a double click, a page reloaded
        return redirect("desk:session-clients", sent.session_id)
    row = queries.draft(sending_id, seen_by=here.actor)
    found = people.of(row)
    if request.method != "POST":
        initial = {name: getattr(row, name) for name in WORDS}
        return _page(request, row, found, WriteForm(row=row, people=found.all, initial=initial))
    form = WriteForm(request.POST, request.FILES, row=row, people=found.all)
    is_sending = request.POST.get("act") == "send"
    command = send_proposal if is_sending else drafting.change_draft
    if form.is_valid():
        who = {"sending_id": sending_id, "by": here.actor, "at": here.at}
        if not put_on(form, attempt(command, written=form.written(), **who)):
            if is_sending:
                count = row.proposals.count()
                said = ngettext("La proposition part à %(n)d client.", "La proposition part à %(n)d clients.", count)
                messages.success(request, said % {"n": count})
                return redirect("desk:session-clients", row.session_id)
            messages.success(request, _("Le brouillon est enregistré. Rien n’est parti."))
            return redirect("desk:proposal-draft", sending_id)
    return _page(request, row, found, form)


@require_POST
@seller
def detach(request: HttpRequest, sending_id: int, attachment_id: int) -> HttpResponse:
    """The file will not go."""
    here: Any = request
    drafting.detach_file(sending_id=sending_id, attachment_id=attachment_id, by=here.actor)
    return redirect("desk:proposal-draft", sending_id)


@require_POST
@seller
def discard(request: HttpRequest, sending_id: int) -> HttpResponse:
    """The draft is gone."""
    here: Any = request
    session_id = queries.draft(sending_id, seen_by=here.actor).session_id
    drafting.discard_draft(sending_id=sending_id, by=here.actor, at=here.at)
    messages.success(request, _("Le brouillon est jeté. Rien n’est parti."))
    return redirect("desk:session-clients", session_id)


def _page(request: HttpRequest, row: Any, found: people.Sorted, form: WriteForm) -> HttpResponse:
    variables = [
        {"name": f"{{{one.name(FRENCH)}}}", "label": one.label, "is_needed": one.code in PROPOSAL.needed}
        for one in variables_of(PROPOSAL)
    ]
    context = {
        "row": row, "form": form, "variables": variables, "files": queries.files(row), "mails": len(found.written),
        "mute": found.mute, "shown": form["client"].value() or next((one.client_id for one in found.all), 0),
    }  # fmt: skip
    return render(request, "desk/proposals/write.html", context, status=422 if form.errors else 200)
