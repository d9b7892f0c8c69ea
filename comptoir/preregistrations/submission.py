"""What a requester sends, whatever the door, and what is wrong with it."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.base.errors import Invalid, Refusal, Several
from comptoir.base.text import clean_line, digits, siret_problem
from comptoir.clients.states import ClientKind


@dataclass(frozen=True)
class Requester:
    """Step 1: the client and its contact, as typed."""

    legal_name: str
    first_name: str
    last_name: str
    email: str
    kind: str = "firm"
    siret: str = ""
    client_number: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    message: str = ""


@dataclass(frozen=True)
class Participant:
    """Step 2: one person for one session (and one of its rates)."""

    session: str  # reference
    first_name: str
    last_name: str
    email: str = ""
    seat_type: int | None = None
    extras: tuple[tuple[int, int], ...] = ()  # (add-on, how many), for a session booked directly


@dataclass(frozen=True)
class Submission:
    """A whole request: who asks, for whom, under which version of the terms, through which door."""

    requester: Requester
    participants: tuple[Participant, ...]
    terms_version: int | None
    origin: str = "counter"

    def digest(self) -> str:
        """SHA-256 of the content: the same token with another digest is another request, and refused (T21)."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


LONGEST = {
    "legal_name": 200, "first_name": 80, "last_name": 80, "email": 254, "siret": 20, "client_number": 20,
    "address": 250, "postcode": 10, "city": 80, "phone": 30, "message": 2000,
}  # fmt: skip
MOST_PARTICIPANTS = 500


def cleaned(requester: Requester) -> Requester:
    """The same, one line a field, no control character; a SIRET keeps its digits only."""
    values = {name: clean_line(value) for name, value in vars(requester).items() if name not in ("message", "kind")}
    values["siret"] = digits(values["siret"]) if values["siret"] else ""
    values["message"] = "\n".join(clean_line(line) for line in requester.message.splitlines()).strip()
    return Requester(kind=requester.kind, **values)


def requester_problems(requester: Requester) -> list[Refusal]:
    """Every field at fault, each with its cure; empty when all is well. Expects cleaned values."""
    found = [*_missing(requester), *_too_long(requester)]
    if requester.email and not is_email(requester.email):
        found.append(
            Invalid(
                _("Cette adresse de courriel n’est pas complète : écrivez par exemple nom@exemple.fr."), field="email"
            )
        )
    if requester.kind not in ClientKind.values:
        found.append(Invalid(_("Dites si vous inscrivez pour une organisation ou pour vous-même."), field="kind"))
    if requester.siret and (sentence := siret_sentence(requester.siret)):
        found.append(Invalid(sentence, field="siret"))
    if sentence := postcode_sentence(requester.postcode):
        found.append(Invalid(sentence, field="postcode"))
    if requester.phone and not 6 <= len(digits(requester.phone)) <= 15:
        found.append(
            Invalid(
                _("Ce numéro de téléphone n’est pas complet : il en faut par exemple 02 40 00 00 00."), field="phone"
            )
        )
    return found


CURES = {
    "legal_name": gettext_lazy("Indiquez la raison sociale, ou votre nom si vous venez à titre personnel."),
    "first_name": gettext_lazy("Indiquez le prénom de la personne à contacter."),
    "last_name": gettext_lazy("Indiquez le nom de la personne à contacter."),
    "email": gettext_lazy("Indiquez l’adresse de courriel : le récapitulatif y sera envoyé."),
}


def _missing(requester: Requester) -> list[Refusal]:
    return [Invalid(str(cure), field=name) for name, cure in CURES.items() if not getattr(requester, name)]


def _too_long(requester: Requester) -> list[Refusal]:
    return [
        Invalid(_("Ce texte est trop long : %(longest)d caractères au plus.") % {"longest": longest}, field=name)
        for name, longest in LONGEST.items()
        if len(getattr(requester, name)) > longest
    ]


def siret_sentence(siret: str) -> str:
    """What is wrong with a SIRET, in French; empty when it is one."""
    problem = siret_problem(siret)
    if problem == "length":
        return _("Ce SIRET a %(count)d chiffres ; il en faut 14.") % {"count": len(digits(siret))}
    return _("Ce SIRET n’existe pas : un de ses chiffres est faux.") if problem else ""


def postcode_sentence(postcode: str) -> str:
    """What is wrong with a postcode, in French; a foreign one says its country, as in B-1000."""
    if not postcode.isdecimal() or len(postcode) == 5:
        return ""
    count = len(postcode)
    sentence = ngettext(
        "Ce code postal a %(count)d chiffre ; il en faut 5. Hors de France, écrivez par exemple B-1000.",
        "Ce code postal a %(count)d chiffres ; il en faut 5. Hors de France, écrivez par exemple B-1000.",
        count,
    )
    return sentence % {"count": count}


def is_email(text: str) -> bool:
    """Whether mail can be addressed there (RFC 5321 syntax, no control character)."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def participant_problems(participants: tuple[Participant, ...]) -> list[Refusal]:
    """Every participant's field at fault; `field` is `participants.<index>.<name>`."""
    found: list[Refusal] = []
    for index, one in enumerate(participants):
        place = f"participants.{index}"
        if not clean_line(one.first_name):
            found.append(
                Invalid(_("Indiquez le prénom du participant %(n)d.") % {"n": index + 1}, field=f"{place}.first_name")
            )
        if not clean_line(one.last_name):
            found.append(
                Invalid(_("Indiquez le nom du participant %(n)d.") % {"n": index + 1}, field=f"{place}.last_name")
            )
        if one.email and not is_email(one.email):
            found.append(
                Invalid(
                    _("L’adresse du participant %(n)d n’est pas complète.") % {"n": index + 1}, field=f"{place}.email"
                )
            )
        if max(len(one.first_name), len(one.last_name)) > 80 or len(one.email) > 254:
            found.append(
                Invalid(_("Le nom du participant %(n)d est trop long.") % {"n": index + 1}, field=f"{place}.last_name")
            )
    return found


def check(submission: Submission) -> Submission:
    """The submission with cleaned values. Refuses: Several, naming every field at fault."""
    tidy = replace(
        submission,
        requester=cleaned(submission.requester),
        participants=tuple(
            replace(
                one,
                first_name=clean_line(one.first_name),
                last_name=clean_line(one.last_name),
                email=clean_line(one.email),
            )
            for one in submission.participants
        ),
    )
    problems = requester_problems(tidy.requester) + participant_problems(tidy.participants)
    if not 1 <= len(tidy.participants) <= MOST_PARTICIPANTS:
        problems.append(
            Invalid(_("Inscrivez de 1 à %(most)d personnes.") % {"most": MOST_PARTICIPANTS}, field="participants")
        )
    if problems:
        raise Several(problems)
    return tidy
