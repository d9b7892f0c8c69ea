"""One line of an imported file as a client record: cleaned, checked, and what could not be taken said. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.base.text import clean_line, digits, folded
from comptoir.clients import fields
from comptoir.clients.states import ClientKind

CLIENT_COLUMNS = {
    "raison_sociale": "legal_name", "adresse": "address", "code_postal": "postcode", "ville": "city",
    "telephone": "phone", "email": "email",
}  # fmt: skip
PUBLIC_WORDS = frozenset(
    "mairie commune departement region prefecture lycee college ecole maternelle chu chru hopital hospitalier"
    " universite ministere communaute metropole sdis ccas cias syndicat sivom sivu agglomeration mediatheque rectorat"
    " ifsi".split()
)
ASSOCIATION_WORDS = frozenset(
    "association asso amicale club comite federation ligue secours croix fondation collectif maison mjc foyer".split()
)
TITLES = frozenset("m mr mme mlle mlles mmes monsieur madame mademoiselle dr docteur me maitre pr professeur".split())


@dataclass(frozen=True)
class Row:
    """A client as a file gives it; empty texts say nothing. `remarks`: what was left out, in sentences."""

    imported_id: str
    texts: dict[str, str]
    doubtful_siret: str = ""
    contact: tuple[str, str] = ("", "")
    remarks: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, str]:
        """The line as it was understood, by column of the file."""
        texts = {name: self.texts[column] for name, column in CLIENT_COLUMNS.items()}
        siret = self.texts["siret"] or self.doubtful_siret
        return {"id": self.imported_id, **texts, "siret": siret, "contact": " ".join(self.contact).strip()}


def row_of(cells: Mapping[str, str]) -> Row:
    """The line as a record. Refuses: Invalid or Several, for what makes it unusable.

    A SIRET or an address that is none does not lose the client: it is left out, and said.
    """
    imported_id = clean_line(cells.get("id", ""))
    texts = fields.cleaned({column: cells.get(name, "") for name, column in CLIENT_COLUMNS.items()})
    remarks: list[str] = []
    texts["siret"], doubtful = _siret(clean_line(cells.get("siret", "")), remarks)
    if texts["email"] and not fields.is_email(texts["email"]):
        texts["email"] = ""
        remarks.append(_("L’adresse de courriel n’a pas la forme nom@domaine.fr\u00a0: elle n’est pas reprise."))
    if len(texts["phone"]) > fields.LONGEST["phone"]:
        texts["phone"] = ""
        remarks.append(_("Le numéro de téléphone est trop long\u00a0: il n’est pas repris."))
    refuse_all([*_identifier_problems(imported_id), *_problems(texts)])
    contact = person(clean_line(cells.get("contact", "")))
    return Row(imported_id, texts, doubtful, contact, remarks)


def _identifier_problems(imported_id: str) -> list[Refusal]:
    if not imported_id:
        sentence = _("L’identifiant est vide\u00a0: sans lui, un second import créerait ce client une seconde fois.")
        return [Invalid(sentence, field="id")]
    if len(imported_id) > 60:
        return [Invalid(_("L’identifiant a plus de 60 caractères."), field="id")]
    return []


def _problems(texts: Mapping[str, str]) -> list[Refusal]:
    problems: list[Refusal] = []
    if not texts["legal_name"]:
        problems.append(Invalid(_("La raison sociale est vide."), field="raison_sociale"))
    for one in fields.length_problems(texts):
        name = next(name for name, column in CLIENT_COLUMNS.items() if column == one.field)
        sentence = _("Colonne %(name)s\u00a0: %(sentence)s") % {"name": name, "sentence": one.sentence}
        problems.append(Invalid(sentence, field=name))
    return problems


def _siret(text: str, remarks: list[str]) -> tuple[str, str]:
    """The SIRET, or what looks like one kept apart for a person to mend; « NC », « en cours » and zeros are nothing."""
    number = digits(text)
    if not number.strip("0"):
        return "", ""
    problem = fields.siret_sentence(text)
    if not problem:
        return number, ""
    remarks.append(problem)
    return "", text[:20]


def likely_kind(legal_name: str) -> str:
    """What a name says of who bears it; a firm when it says nothing."""
    words = set(folded(legal_name).split())
    if words & PUBLIC_WORDS:
        return ClientKind.PUBLIC
    return ClientKind.ASSOCIATION if words & ASSOCIATION_WORDS else ClientKind.FIRM


def person(text: str) -> tuple[str, str]:
    """First and last name: « Mme Béatrice Guérin », « DANIEL Nicole », « M. Durand » (a last name alone)."""
    words = text.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in TITLES:
        words = words[1:]
    if len(words) < 2:
        return "", "".join(words)[:80]
    capitals = [word for word in words if word.isupper() and len(word.rstrip(".")) > 1]
    if capitals and capitals != words:
        rest = [word for word in words if word not in capitals]
        return " ".join(rest)[:80], " ".join(capitals)[:80]
    return words[0][:80], " ".join(words[1:])[:80]
