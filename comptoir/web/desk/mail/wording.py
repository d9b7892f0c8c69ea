"""« Modèles de mail »: the words of each kind of mail, changed beside their variables, seen on sample data."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.base.errors import Refusal, Several, attempt
from comptoir.base.text import clean_text
from comptoir.mail import commands, parsing, queries
from comptoir.mail.kinds import variables_of
from comptoir.mail.queries import InForce
from comptoir.mail.wording.kind import Words
from comptoir.organisations import addresses
from comptoir.web.desk.mail import frame
from comptoir.web.desk.mail.doors import administrator
from comptoir.web.desk.mail.forms import WordsForm
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.refused import put_on


@require_safe
@administrator
def models(request: HttpRequest) -> HttpResponse:
    """Every model in every language, with what is in force."""
    here: Any = request
    kinds: dict[str, dict[str, Any]] = {}
    for one in queries.mail_models(seen_by=here.actor):
        kinds.setdefault(one.kind.code, {"kind": one.kind, "languages": []})["languages"].append(one)
    context = {"kinds": kinds.values(), "sections": sections("desk:mail-models")}
    return render(request, "desk/mail/models.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def model(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """One model to change; POST makes a version."""
    here: Any = request
    found = queries.mail_model(kind, language, seen_by=here.actor)
    initial = {"subject": found.words.subject, "body": found.words.body, "after": found.number}
    form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        refusal = attempt(
            commands.change_model, kind=kind, language=language, **form.cleaned_data, by=here.actor, at=here.at
        )
        if not put_on(form, refusal):
            messages.success(request, _("Les prochains messages partiront avec ces mots."))
            return redirect("desk:mail-model", kind, language)
    real = queries.real_values(found.kind, found.language, seen_by=here.actor)
    context = _context(found) | {
        "real": real,
        "form": form,
        "versions": queries.versions(kind, language, seen_by=here.actor),
    }
    return render(request, "desk/mail/model.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def restore(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Back to the product's own words."""
    here: Any = request
    number = queries.mail_model(kind, language, seen_by=here.actor).number
    after = int(request.POST["after"]) if request.POST.get("after", "").isdecimal() else number
    commands.restore_model(kind=kind, language=language, after=after, by=here.actor, at=here.at)
    messages.success(request, _("Le texte d’origine est de nouveau en vigueur."))
    return redirect("desk:mail-model", kind, language)


@require_safe
@administrator
def version(request: HttpRequest, kind: str, language: str, version: int) -> HttpResponse:
    """One version as it was."""
    return _shown_version(request, kind, language, version)


@require_http_methods(["GET", "HEAD", "POST"])
@frame.framed
@administrator
def preview(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The words on sample data, as their reader will see them: those in force, or those posted, kept nowhere."""
    here: Any = request
    found = queries.mail_model(kind, language, seen_by=here.actor)
    words = found.words
    if request.method == "POST":
        words = Words(clean_text(request.POST.get("subject", "")), clean_text(request.POST.get("body", "")))
        refusal = attempt(parsing.check, words, found.kind, language)
        if refusal is not None:
            return frame.sentences([one.sentence for one in _each(refusal)])
    is_real = request.POST.get("with", "real") == "real"
    return _page(here, found, words, is_real=is_real)


@require_safe
@frame.framed
@administrator
def version_preview(request: HttpRequest, kind: str, language: str, version: int) -> HttpResponse:
    """An older version, as a reader would see it today."""
    here: Any = request
    found, row = queries.mail_model(kind, language, seen_by=here.actor), _version(here, kind, language, version)
    return _page(here, found, Words(row.subject, row.body), is_real=True)


@require_POST
@administrator
def bring_back(request: HttpRequest, kind: str, language: str, version: int) -> HttpResponse:
    """An older version is in force again."""
    here: Any = request
    after = int(request.POST["after"]) if request.POST.get("after", "").isdecimal() else 0
    made: dict[str, Any] = {"kind": kind, "language": language, "version": version, "after": after}
    refusal = attempt(commands.bring_back_version, **made, by=here.actor, at=here.at)
    if refusal is not None:
        return _shown_version(request, kind, language, version, refusal=refusal)
    messages.success(request, _("La version %(version)d est de nouveau en vigueur.") % {"version": version})
    return redirect("desk:mail-model", kind, language)


def _page(here: Any, found: InForce, words: Words, *, is_real: bool) -> HttpResponse:
    """The mail on the values of the latest one of its kind, or on sample values; its button leads home."""
    real = queries.real_values(found.kind, found.language, seen_by=here.actor) if is_real else None
    values = real.values if real else {one.code: one.sample for one in found.kind.variables}
    with override(found.language):
        home = addresses.home(here.organisation)
        button, second = (str(found.kind.button), home), (str(found.kind.second), home) if found.kind.second else None
        ready = queries.preview(found.kind, found.language, words, seen_by=here.actor)
    return frame.page(ready.render(values, button, second).html)


def _version(here: Any, kind: str, language: str, version: int) -> Any:
    queries.mail_model(kind, language, seen_by=here.actor)
    row = queries.versions(kind, language, seen_by=here.actor).filter(version=version).first()
    if row is None:
        raise Http404
    return row


def _shown_version(
    request: HttpRequest, kind: str, language: str, version: int, *, refusal: Refusal | None = None
) -> HttpResponse:
    here: Any = request
    row = _version(here, kind, language, version)
    context = _context(queries.mail_model(kind, language, seen_by=here.actor)) | {"row": row, "refusal": refusal}
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "desk/mail/version.html", context, status=status)


def _each(refusal: Refusal) -> list[Refusal]:
    return refusal.refusals if isinstance(refusal, Several) else [refusal]


def _context(found: InForce) -> dict[str, Any]:
    variables = [
        {"name": f"{{{one.name(found.language)}}}", "label": one.label, "sample": one.sample, "code": one.code,
         "is_needed": one.code in found.kind.needed}
        for one in variables_of(found.kind)
    ]  # fmt: skip
    return {"found": found, "kind": found.kind, "variables": variables, "sections": sections("desk:mail-models")}
