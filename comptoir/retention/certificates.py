"""One certificate of erasure as a PDF: made again from its row each time, which nothing changes; it names nobody."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base import typeset, words
from comptoir.base.errors import Refusal
from comptoir.base.speaking import spoken
from comptoir.organisations.models import Organisation
from comptoir.retention.models import Certificate
from comptoir.retention.states import BY_KIND, Kind

TEMPLATE = Path(__file__).with_name("certificate.typ")


class CertificateFailed(Refusal):
    """The typesetter gave no PDF: asking again may."""

    code = "certificate-failed"
    kind = "unavailable"


def name_of(row: Certificate) -> str:
    """The name its file is given."""
    return f"certificat-{row.reference}.pdf"


def pdf(row: Certificate, organisation: Organisation) -> bytes:
    """The PDF of one certificate. Refuses: CertificateFailed."""
    try:
        return typeset.typeset(TEMPLATE, content(row, organisation))
    except typeset.NotTypeset as error:
        sentence = _("Le certificat n’a pas pu être mis en page\u00a0: réessayez dans un instant.")
        raise CertificateFailed(sentence) from error


def content(row: Certificate, organisation: Organisation) -> dict[str, object]:
    """What the certificate says, as plain texts; hours are those of where the organisation lives."""
    with timezone.override(organisation.time_zone):
        erased_at = words.moment(row.at)
    return {
        "title": _("Certificat d’effacement"), "organisation": organisation.name, "address": organisation.address,
        "colour": organisation.colour, "language": spoken(),
        "count": words.thousands(row.count), "kind": str(Kind(row.kind).label),
        "facts": [
            [_("Certificat"), row.reference],
            [_("Effacé le"), f"{erased_at} ({organisation.time_zone})"],
            *_rule(row),
            [_("Effacé par"), _author(row)],
        ],
        "note": _(
            "L’effacement est définitif. Ce certificat a été écrit dans la même transaction que lui, et la base de "
            "données refuse qu’il soit changé\u202f; le journal en garde la référence. Il ne nomme personne. Les "
            "sauvegardes faites avant cette date ont leur propre durée de vie."
        ),
    }  # fmt: skip


def _rule(row: Certificate) -> list[list[str]]:
    """Which rule, until when, and what went; a person's request has no duration."""
    if row.before is None:
        gone = _("Noms, adresses, téléphones et messages de la personne, partout où ils étaient gardés.")
        asked = _("À la demande de la personne (droit à l’effacement, article 17 du RGPD).")
        return [[_("Règle"), asked], [_("Ce qui est parti"), gone]]
    rule = BY_KIND[Kind(row.kind)]
    kept = _("%(months)s mois, depuis\u00a0: %(since)s.") % {"months": row.months, "since": rule.since}
    before = _("Tout ce qui datait d’avant le %(day)s.") % {"day": words.day_full(row.before)}
    return [[_("Règle"), kept], [_("Période"), before], [_("Ce qui est parti"), str(rule.gone)]]


def _author(row: Certificate) -> str:
    if row.before is None:
        return row.by_name
    if row.by_user_id is None:
        return _("%(name)s, par le passage de nuit (retention.run_due).") % {"name": row.by_name}
    return _("%(name)s, qui a demandé de ne pas attendre la nuit (retention.run_due).") % {"name": row.by_name}
