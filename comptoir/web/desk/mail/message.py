"""One mail: as its reader sees it, what became of it, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.mail import attachments, commands, queries
from comptoir.mail.kinds import KINDS, label_of
from comptoir.mail.states import MailState
from comptoir.web.desk.mail.doors import intake
from comptoir.web.desk.mail.forms import ResendForm
from comptoir.web.desk.mail.frame import framed, page
from comptoir.web.desk.mail.timeline import answers, history
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.refused import put_on


@require_safe
@intake
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Its page."""
    return _shown(request, message_id)


@require_safe
@framed
@intake
def html(request: HttpRequest, message_id: int) -> HttpResponse:
    """Its HTML part alone, for the frame on its page."""
    here: Any = request
    return page(queries.message(message_id, seen_by=here.actor).html)


@require_POST
@intake
def resend(request: HttpRequest, message_id: int) -> HttpResponse:
    """It leaves again, to the address that is on the form."""
    here: Any = request
    form = ResendForm(request.POST)
    if form.is_valid():
        to = form.addresses()
        if not put_on(form, attempt(commands.resend, message_id, by=here.actor, at=here.at, to=to)):
            messages.success(request, _("Le message repart dans un instant à %(to)s.") % {"to": ", ".join(to)})
            return redirect("desk:message", message_id)
    return _shown(request, message_id, form=form, status=422)


@require_POST
@intake
def cancel(request: HttpRequest, message_id: int) -> HttpResponse:
    """It will not leave any more."""
    here: Any = request
    refusal = attempt(commands.cancel, message_id, by=here.actor, at=here.at)
    if refusal is None:
        messages.success(request, _("Ce message ne partira plus. Il reste ici, et vous pouvez encore le renvoyer."))
        return redirect("desk:message", message_id)
    return _shown(request, message_id, refusal=refusal, status=STATUS[refusal.kind])


def _shown(
    request: HttpRequest,
    message_id: int,
    *,
    form: ResendForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    here: Any = request
    row = queries.message(message_id, seen_by=here.actor)
    is_secret = row.kind in KINDS and KINDS[row.kind].is_secret
    context = {
        "row": row,
        "model": label_of(row.kind),
        "form": form or ResendForm(initial={"to": ", ".join(row.to)}),
        "refusal": refusal,
        "files": attachments.names_of(row),
        "history": history(row),
        "answers": answers(row),
        "is_secret": is_secret,
        "may_resend": not is_secret and row.state != MailState.SENDING,
        "may_cancel": row.state in {MailState.QUEUED, MailState.REFUSED},
    }
    return render(request, "desk/mail/message.html", context, status=status)
