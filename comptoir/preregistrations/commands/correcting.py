"""Anything the requester typed can be corrected; what was typed stays beside the correction (B5)."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.base.text import clean_line
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands.waiting import waiting_request
from comptoir.preregistrations.models import Request, RequestLine
from comptoir.preregistrations.submission import (
    Participant,
    Requester,
    cleaned,
    participant_problems,
    requester_problems,
)
from comptoir.preregistrations.typed import PERSON, search_key

CORRECTABLE = ("kind", "legal_name", "siret", "client_number", "address", "postcode", "city", "first_name", "last_name",
               "email", "phone", "message")  # fmt: skip


class ChangedMeanwhile(Refusal):
    """A colleague corrected it after this page was opened: nothing of theirs is overwritten unseen."""

    code = "changed-meanwhile"


@transaction.atomic
def correct(
    *,
    request_id: int,
    values: Mapping[str, str] | None = None,
    people: Mapping[int, Mapping[str, str]] | None = None,
    seen: str = "",
    by: Actor,
    at: datetime,
) -> list[str]:
    """The columns and the participants (`people`, by line id) hold the corrected values; what was typed is kept.

    All or nothing; answers the names of what changed. `seen` is the `mark` of the page that was filled in.
    Refuses: Forbidden, Missing, NotWaiting, ChangedMeanwhile, Invalid or Several (every field at fault; those of
    participants are `people.<line id>.<name>`).
    """
    request = waiting_request(request_id, by=by)
    lines = list(RequestLine.objects.filter(request=request).order_by("position"))
    if seen and seen != mark(request, lines):
        raise ChangedMeanwhile(_("Cette demande a été modifiée entre-temps\u00a0: vérifiez, puis corrigez à nouveau."))
    changed = _apply(request, lines, values or {}, people or {})
    if not changed:
        return []
    request.search_key = search_key(request.typed, [*_texts(request, CORRECTABLE), *_all_texts(lines)])
    request.save(update_fields=[*CORRECTABLE, "search_key"])
    RequestLine.objects.bulk_update(lines, PERSON)
    journal.record(what="preregistration.corrected", about=request.reference, by=by, at=at, detail={"fields": changed})
    return changed


def mark(request: Request, lines: Sequence[RequestLine]) -> str:
    """A digest of what can be corrected, by which a page knows that it is still up to date."""
    said = json.dumps([_texts(request, CORRECTABLE), _all_texts(lines)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _apply(
    request: Request,
    lines: Sequence[RequestLine],
    values: Mapping[str, str],
    people: Mapping[int, Mapping[str, str]],
) -> list[str]:
    now = Requester(**{name: getattr(request, name) for name in CORRECTABLE})
    wanted = cleaned(replace(now, **{name: value for name, value in values.items() if name in CORRECTABLE}))
    refuse_all(requester_problems(wanted) + _people_problems(lines, people))
    changed = [name for name in CORRECTABLE if getattr(wanted, name) != getattr(now, name)]
    for name in changed:
        setattr(request, name, getattr(wanted, name))
    for line in lines:
        for name, text in people.get(line.pk, {}).items():
            if name in PERSON and clean_line(text) != getattr(line, name):
                setattr(line, name, clean_line(text))
                changed.append(f"participant {line.position}")
    return list(dict.fromkeys(changed))


def _people_problems(lines: Sequence[RequestLine], people: Mapping[int, Mapping[str, str]]) -> list[Refusal]:
    wanted = [
        Participant(
            "", _said(people, line, "first_name"), _said(people, line, "last_name"), _said(people, line, "email")
        )
        for line in lines
    ]
    found: list[Refusal] = []
    for one in participant_problems(tuple(wanted)):
        _participants, index, name = one.field.split(".")
        found.append(Invalid(one.sentence, field=f"people.{lines[int(index)].pk}.{name}"))
    return found


def _texts(row: Request | RequestLine, names: Collection[str]) -> list[str]:
    return [getattr(row, name) for name in names]


def _all_texts(lines: Sequence[RequestLine]) -> list[str]:
    return [text for line in lines for text in _texts(line, PERSON)]


def _said(people: Mapping[int, Mapping[str, str]], line: RequestLine, name: str) -> str:
    """What was written of that person, else what is known."""
    return clean_line(people.get(line.pk, {}).get(name, getattr(line, name)))
