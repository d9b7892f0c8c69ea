"""The proposal as one of its clients will receive it: made by what sends it, kept nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal, Several
from comptoir.base.speaking import FRENCH
from comptoir.base.text import clean_text
from comptoir.mail import parsing
from comptoir.mail.wording.kind import Words
from comptoir.mail.wording.proposals import PROPOSAL
from comptoir.proposals import queries
from comptoir.proposals.commands.drafting import moment_there
from comptoir.proposals.preview import preview
from comptoir.web.desk.letters.preview import headed
from comptoir.web.desk.mail import frame
from comptoir.web.desk.proposals.doors import seller
from comptoir.web.shared.fields import WallField


@require_http_methods(["GET", "HEAD", "POST"])
@frame.framed
@seller
def mail(request: HttpRequest, sending_id: int) -> HttpResponse:
    """The mail of one client, with what is saved or what is posted."""
    here: Any = request
    row = queries.draft(sending_id, seen_by=here.actor)
    asked = request.POST or request.GET
    for name in ("subject", "body", "cc", "bcc"):
        setattr(row, name, clean_text(asked.get(name, getattr(row, name))))
    client = asked.get("client", "")
    client_id = int(client) if client.isdecimal() else next(iter(row.chosen), 0)
    if f"to_{client_id}" in asked:
        row.to = {**row.to, str(client_id): asked[f"to_{client_id}"]}
    try:
        if "deadline" in asked:
            row.deadline_at = moment_there(WallField(required=False).clean(asked["deadline"]), row.session)
        parsing.check(Words(row.subject, row.body), PROPOSAL, FRENCH)
        message, files = preview(row, client_id, at=here.at)
    except Refusal as refusal:
        return frame.sentences([one.sentence for one in _each(refusal)])
    return frame.page(headed(message, files))


def _each(refusal: Refusal) -> list[Refusal]:
    return refusal.refusals if isinstance(refusal, Several) else [refusal]
