"""What a request must show beside its score: to be a client's without a person, or to be taken for one at all (B6, G2).

Stricter than a scan, where both records are ours and a person merges them: here whoever writes is a stranger, and what
is certain acts alone. Firms of one owner share his telephone, his address and his name; often the brand as well. Pure.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from comptoir.clients.evidence import LEVELS

Levels = Mapping[str, float]

ENOUGH = 3  # of telephone, e-mail, address and person: what a name of one word asks for
OWN = 0.6  # from how rare a word on each side is what tells two names apart
SLIP = 84  # from how alike, of a hundred, two names are one but for a slip of the hand


def _is(levels: Levels, comparison: str, *named: str) -> bool:
    return LEVELS[comparison][int(levels[comparison])] in named


def is_enough(levels: Levels) -> bool:
    """Whether a certain score may act without a person.

    The SIRET, or a SIREN alone; another site of one SIREN unless its address is another's too. Without them, never in
    another department; a name of one word (« Novaline », the group and each of its firms) asks for three of telephone,
    e-mail, address and person, and for the address not to be another's; any other name for one of the first three, or
    for nothing known of both that differs.
    """
    if _is(levels, "siren", "same_siret", "same_site_unknown"):
        return True
    if levels["far"]:
        return False
    moved = _is(levels, "street", "other")
    shared = _shared(levels)
    if _is(levels, "siren", "same_siren"):
        return shared > 0 or not moved
    if levels["brand"]:
        is_name = _is(levels, "name", "same", "close")
        return is_name and not moved and shared + _is(levels, "person", "same") >= ENOUGH
    return shared > 0 or bool(levels["undisputed"])


def _shared(levels: Levels) -> int:
    address = _is(levels, "street", "same_door", "door_unknown", "same_street")
    return _is(levels, "phone", "same") + _is(levels, "email", "same") + address


def lacking(levels: Levels) -> str:
    """In words, what keeps a certain score from acting alone."""
    if levels["far"]:
        return _("à confirmer\u00a0: autre département")
    if levels["brand"]:
        return _("à confirmer\u00a0: un nom d’un seul mot peut être celui de plusieurs sociétés")
    return _("à confirmer\u00a0: ni SIREN, ni téléphone, ni courriel, ni adresse en commun")


def is_namesake(levels: Levels) -> bool:
    """What a person looks at whatever the score: the same whole name in the same town, of one department; a body that
    is nothing but its kind (« Mairie ») has its town for a name.
    """
    return bool(levels["namesake"] and not levels["far"]) and (bool(levels["bare"]) or _is(levels, "name", "same"))


def is_doubtful(levels: Levels) -> bool:
    """What only a score that is certain may propose: names that tell two bodies apart, and too little in common.

    Another name with an address in common (a building has many tenants), a telling word on each side (« Rivière
    Maçonnerie », « Rivière Terrassement »), or « CCAS » beside a body whose kind is not said (those of one town share
    address and domain); no number, telephone, e-mail or person that says the contrary.
    """
    if (
        _is(levels, "kind", "same")
        or not _is(levels, "siren", "unknown", "other")
        or _is(levels, "person", "same")
        or _is(levels, "phone", "same")
        or _is(levels, "email", "same")
    ):
        return False
    if _is(levels, "kind", "one_side") and levels["more"] >= OWN and _is(levels, "name", "empty", "other"):
        return True
    if _is(levels, "name", "other"):
        return not _is(levels, "email", "same_domain")
    is_split = _is(levels, "name", "shares_rare", "shares") and levels["less"] >= OWN
    return is_split and levels["whole"] < SLIP
