"""The message as one of its people will receive it: made by what sends it, kept nowhere; the PDF that goes with it."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.base import words
from comptoir.base.errors import Refusal, Several, attempt
from comptoir.base.speaking import FRENCH
from comptoir.base.text import clean_text
from comptoir.base.typeset import NotTypeset
from comptoir.letters import queries
from comptoir.mail import parsing
from comptoir.mail.wording.kind import Words
from comptoir.mail.wording.letters import MODELS
from comptoir.web.desk.letters.doors import writer
from comptoir.web.desk.mail import frame

_BODY = re.compile(r"<body[^>]*>")
HEAD = (
    '<div style="max-width:600px;margin:0 auto;padding:12px 12px 0;font:14px/1.5 sans-serif;color:#3c4043">'
    "<strong>{}</strong><br>{}{}</div>"
)


@require_http_methods(["GET", "HEAD", "POST"])
@frame.framed
@writer
def mail(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The mail of one person, with the words saved or those posted."""
    here: Any = request
    row = queries.draft(draft_id, seen_by=here.actor)
    asked = request.POST or request.GET
    words = Words(clean_text(asked.get("subject", row.subject)), clean_text(asked.get("body", row.body)))
    refusal = attempt(parsing.check, words, MODELS[row.kind], FRENCH)
    if refusal is not None:
        return frame.sentences([one.sentence for one in _each(refusal)])
    row.audience = asked.get("audience", row.audience)
    person = asked.get("person", "")
    person_id = int(person) if person.isdecimal() else next(iter(row.chosen), 0)
    message, files = queries.preview(row, person_id, words, seen_by=here.actor, at=here.at)
    return frame.page(headed(message, files))


@require_safe
@writer
def paper(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The PDF of one person, as the draft is saved."""
    here: Any = request
    row = queries.draft(draft_id, seen_by=here.actor)
    person = request.GET.get("person", "")
    person_id = int(person) if person.isdecimal() else next(iter(row.chosen), 0)
    try:
        name, content = queries.paper(row, person_id, seen_by=here.actor)
    except NotTypeset:
        return HttpResponse(_("Le PDF n’a pas pu être mis en page\u00a0: réessayez dans un instant."), status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def headed(message: Any, files: list[str]) -> str:
    """The mail under what a mail client says above it."""
    to = _("À\u00a0: %(to)s") % {"to": ", ".join(message.to) or _("personne, il n’y a pas de courriel")}
    said = _("Pièces jointes\u00a0: %(names)s") % {"names": ", ".join(files)} if files else ""
    copies = [
        format_html("<br>{}", words.labelled(name, ", ".join(whom)))
        for name, whom in ((_("CC"), message.cc), (_("CCI"), message.bcc))
        if whom
    ]
    more = [*copies, format_html("<br>{}", said)] if said else copies
    head = format_html(HEAD, message.subject, to, format_html_join("", "{}", ((one,) for one in more)))
    return _BODY.sub(lambda found: found[0] + head, message.html, count=1)


def _each(refusal: Refusal) -> list[Refusal]:
    return refusal.refusals if isinstance(refusal, Several) else [refusal]
