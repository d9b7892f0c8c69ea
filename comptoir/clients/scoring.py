"""From comparisons to a score, a level and reasons: a weight for each level seen, added up (docs/matching.md)."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from comptoir.base.speaking import spoken
from comptoir.clients.columns import Columns
from comptoir.clients.evidence import LEVELS, compare

CERTAIN, PROBABLE = 0.95, 0.1  # thresholds of the score; measured in docs/matching.md
DOUBT = 5  # by how much nearer to sure a doubtful pair must be
_CROSSED = (
    ("name", "town"), ("name", "kind"), ("siren", "name"), ("siren", "street"),
    ("email", "name"), ("phone", "name"), ("street", "name"), ("email", "town"),
)  # fmt: skip
_DIFFERS = {
    "phone": ("other",), "email": ("other", "other_domain"), "street": ("other",), "kind": ("other", "one_side"),
    "person": ("other",), "siren": ("other", "same_siren"),
}  # fmt: skip
_STEPS = {
    "whole": (40, 55, 70, 80, 90, 99), "more": (0.01, 0.3, 0.6, 0.9, 1.3, 1.8), "less": (0.01, 0.3, 0.6, 0.9, 1.3),
    "shared": (0.01, 0.3, 0.6, 0.9, 1.3, 1.8),
}  # fmt: skip
SAID = {
    "siren": (
        "",
        _("même SIRET"),
        _("même SIREN"),
        _("même SIREN, autre établissement"),
        _("SIREN à un chiffre près"),
        _("mais autre SIREN"),
    ),
    "name": (
        "",
        _("même nom"),
        _("nom proche (%(ratio)d\u00a0%%)"),
        _("nom contenu dans l’autre"),
        _("mots rares en commun"),
        _("mots en commun"),
        _("nom voisin (%(ratio)d\u00a0%%)"),
        _("mais un autre nom"),
    ),
    "town": (
        "",
        _("même commune"),
        _("commune proche"),
        _("même code postal"),
        _("même département"),
        _("mais autre commune"),
    ),
    "email": ("", _("même courriel"), _("même domaine de courriel"), _("courriel proche"), "", ""),
    "phone": ("", _("même téléphone"), _("téléphone à un chiffre près"), ""),
    "street": (
        "",
        _("même adresse"),
        _("même rue"),
        _("même rue, autre numéro"),
        _("adresse proche"),
        _("mais autre adresse"),
    ),
    "person": ("", _("même interlocuteur"), _("interlocuteur proche"), ""),
    "kind": ("", "", "", _("mais autre type d’organisme")),
}


class Scored(NamedTuple):
    """Arrays side by side: the score of each pair, whether it is certain or probable, and its comparisons."""

    score: Any
    certain: Any
    probable: Any
    levels: dict[str, Any]


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The table: for each comparison the weight of each level, fitted on labelled records."""
    import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

    table = json.loads((Path(__file__).parent / "weights.json").read_text())
    return {name: np.array(row, np.float32) for name, row in table.items()}


def codes(found: dict[str, Any]) -> dict[str, tuple[Any, int]]:
    """For each row of the table of weights: which of its levels each pair shows, and how many it has."""
    import numpy as np  # noqa: PLC0415  # heavy

    coded = {name: (found[name], len(levels)) for name, levels in LEVELS.items()}
    for first, second in _CROSSED:
        width = len(LEVELS[second])
        coded[f"{first}*{second}"] = (found[first] * width + found[second], len(LEVELS[first]) * width)
    for name, steps in _STEPS.items():
        coded[name] = (np.digitize(found[name], steps), len(steps) + 1)
    return coded


def score(columns: Columns, i: Any, j: Any, *, certain: float = CERTAIN, probable: float = PROBABLE) -> Scored:
    """Each pair on the scales. Certain also needs that nothing stands against it, whatever the score."""
    import numpy as np  # noqa: PLC0415  # heavy

    found = compare(columns, i, j)
    table = weights()
    total = np.full(len(i), table["base"], np.float32)
    for name, (code, _size) in codes(found).items():
        total += table[name][code]
    points = 1 / (1 + np.exp(-total.astype(np.float64)))
    points = np.where(one_name(found), np.maximum(points, certain), points)
    points = np.where(
        found["annexe"], np.maximum(points, probable), points
    )  # « Mairie de Toulon Ouest » is worth a look
    least = np.where(doubtful(found), 1 - (1 - certain) / DOUBT, certain)
    return Scored(points, (points >= least) & ~against(found), points >= probable, found)


def against(found: dict[str, Any]) -> Any:
    """What forbids being certain: another town or SIREN, another kind, or a name with a telling word of its own."""
    other_place = among(found, "town", "other") & ~among(found, "siren", "same_siret")
    other_name = among(found, "name", "other") & ~among(found, "kind", "same")
    return other_place | among(found, "siren", "other") | other_name | found["site"]


def doubtful(found: dict[str, Any]) -> Any:
    """What asks for more than the score, where no SIREN is shared: only a part of the name."""
    part = among(found, "name", "contained", "shares_rare", "shares")
    return part & ~among(found, "siren", "same_siret", "same_site_unknown")


def one_name(found: dict[str, Any]) -> Any:
    """The same name in the same town, and nothing known of both that differs: nobody would take them for two."""
    answer = among(found, "name", "same") & among(found, "town", "same") & ~found["site"]
    for comparison, levels in _DIFFERS.items():
        answer &= ~among(found, comparison, *levels)
    return answer


def namesake(found: dict[str, Any]) -> Any:
    """The same whole name, or one kind of body and no name on a side, in the same town, and no SIREN, site or kind that
    says otherwise: whatever else has changed since, a person looks (G3).
    """
    named = among(found, "name", "same") | (among(found, "name", "empty") & among(found, "kind", "same"))
    apart = found["site"] | among(found, "siren", "near", "other") | among(found, "kind", "other")
    return named & among(found, "town", "same") & ~apart


def among(found: dict[str, Any], comparison: str, *levels: str) -> Any:
    """The pairs that show one of these levels."""
    return _table(comparison, levels)[found[comparison]]


@lru_cache(maxsize=64)
def _table(comparison: str, levels: tuple[str, ...]) -> Any:
    import numpy as np  # noqa: PLC0415  # heavy

    return np.array([level in levels for level in LEVELS[comparison]])


def reasons(levels: dict[str, Any], chosen: Any) -> list[str]:
    """A sentence for each pair chosen: what speaks for it, then what speaks against; pairs alike share theirs."""
    rows = zip(*(levels[name][chosen].tolist() for name in SAID), levels["whole"][chosen].tolist(), strict=True)
    return [_reason(spoken(), *row[:-1], round(row[-1])) for row in rows]


@lru_cache(maxsize=65536)
def _reason(_language: str, *row: int) -> str:
    *levels, ratio = row
    found = [SAID[name][level] for name, level in zip(SAID, levels, strict=True) if SAID[name][level]]
    found.sort(key=lambda text: text.startswith("mais "))  # what speaks against comes last
    said = [gettext(text) for text in found]
    return ", ".join(text % {"ratio": ratio} if "%(" in text else text for text in said)[:300]
