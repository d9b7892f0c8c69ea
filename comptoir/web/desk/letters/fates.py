"""A message that was sent, and what became of it for each person of the reader's perimeter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comptoir.letters import queries
from comptoir.letters.states import FATES
from comptoir.mail.kinds import label_of
from comptoir.web.desk.letters.doors import writer
from comptoir.web.desk.mail.timeline import remark
from comptoir.web.shared.paging import page_of


@require_safe
@writer
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Its page; a draft has its own."""
    here: Any = request
    if queries.drafts(seen_by=here.actor).filter(pk=letter_id).exists():
        return redirect("desk:letter-draft", letter_id)
    row = queries.letter(letter_id, seen_by=here.actor)
    fate = request.GET.get("fate", "")
    fate = fate if fate in dict(FATES) else ""
    counts = queries.counts(row, seen_by=here.actor)
    page = page_of(request, queries.recipients(row, seen_by=here.actor, fate=fate))
    names = queries.named(list(page), seen_by=here.actor)
    context = {
        "row": row, "kind": label_of(row.kind), "page": page, "fate": fate,
        "people": [_shown(one, row, names) for one in page],
        "mails": sum(count for state, count in counts.items() if state != queries.SKIPPED),
        "total": sum(counts.values()),
        "fates": [(code, label, counts[code]) for code, label in FATES if counts.get(code)],
        "files": queries.files(row),
        "is_mine": row.by_user_id == here.actor.user_id,
    }  # fmt: skip
    return render(request, "desk/letters/letter.html", context)


def _shown(one: Any, row: Any, names: dict[int, list[str]]) -> dict[str, Any]:
    """One line: who, at which address, what became of it."""
    booking, message = one.registration.booking, one.message
    people = names.get(one.message_id, [str(one.registration)])
    who = booking.contact_name if row.is_to_contacts and message else ", ".join(people)
    return {
        "who": who or ", ".join(people), "people": people if row.is_to_contacts else [], "booking": booking,
        "session": one.registration.session, "message": message, "why": one.get_skipped_display(),
        "to": ", ".join(message.to) if message else "", "said": remark(message) if message else "",
    }  # fmt: skip
