"""Who a requester is: the engine's weighing, and the few things a clerk holds above any score (B6, B7, G2).

Only a certain match acts without a person. T62: nothing here, and nothing that calls it, is ever on the requester's
side; whoever types our SIRET or a client number learns nothing from it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from math import log

from django.utils.translation import gettext as _

from comptoir.clients import asking, proof, recognising
from comptoir.clients.evidence import LEVELS
from comptoir.clients.identity import Identity
from comptoir.clients.perimeter import sees_clients
from comptoir.clients.recognising import Weighed
from comptoir.clients.scale import USUAL, Scale, scale_of
from comptoir.clients.sharing import NAMES, TWINS, rows
from comptoir.clients.states import Certainty
from comptoir.organisations.actors import Actor

BATCH = 500  # identities looked up at once
SURE_LEAD = log(10)  # by how much the log-odds of the first must lead for nobody to have to choose
NEVER = 1e-9  # how near to none or all a score is believed
SHOWN = 3  # numbers of clients that answer as well, in a reason

_SAME_SIRET = LEVELS["siren"].index("same_siret")
_OTHER_SIREN = LEVELS["siren"].index("other")
_OWN_NAME = {LEVELS["name"].index(one) for one in ("same", "close", "contained", "shares_rare")}
_NO_NAME = LEVELS["name"].index("empty")
_SAME_KIND, _OTHER_KIND = LEVELS["kind"].index("same"), LEVELS["kind"].index("other")
_OTHER_TOWN = LEVELS["town"].index("other")


@dataclass(frozen=True, slots=True)
class Match:
    """The client proposed for a requester. `rivals`: ids of others that answer as well, so that a person chooses.

    `others`: their numbers; `imported_id`: the client's in the file it came from, if it came from one.
    """

    client_id: int
    certainty: Certainty
    score: float  # 0 to 1
    reason: str
    number: str = ""
    legal_name: str = ""
    rivals: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    imported_id: str = ""

    @property
    def is_certain(self) -> bool:
        """Sure enough to be acted on without a person."""
        return self.certainty == Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Verdict:
    """One client for one requester. `is_told`: its number or its very SIRET was typed; no other record can be that."""

    client_id: int
    is_certain: bool
    score: float
    reason: str
    is_told: bool = False
    least: float = USUAL.asked

    @property
    def is_worth_a_look(self) -> bool:
        """Certain or probable. What was told is always shown, even when everything else denies it."""
        return self.is_certain or self.is_told or self.score >= self.least

    @property
    def log_odds(self) -> float:
        """How sure, on a scale where near certainties are told apart."""
        points = min(max(self.score, NEVER), 1 - NEVER)
        return log(points / (1 - points))


def recognised(identities: Sequence[Identity], *, seen_by: Actor) -> list[Match | None]:
    """As `matches`, among the clients that this actor may see: nobody, for who may see none (T62)."""
    if not sees_clients(seen_by):
        return [None] * len(identities)
    return matches(identities, organisation_id=seen_by.organisation_id)


def matches(identities: Sequence[Identity], *, organisation_id: int, records: int | None = None) -> list[Match | None]:
    """For each identity, in order, the client it most likely is, or None; refused ones left out (B6, B7).

    At most twelve statements for every 500 identities, however many clients there are. The caller decides for
    authenticated and hand-chosen clients. `records`: what `recognising.total` answers, when it is asked once.
    """
    if records is None and identities:
        records = recognising.total(organisation_id)
    scale = scale_of(organisation_id)
    found: list[tuple[Verdict, list[Verdict]] | None] = []
    for some in batched(identities, BATCH):
        refused = asking.refused(some, organisation_id)
        asked = asking.asked(some, organisation_id)
        weighed = recognising.weighed(asked, organisation_id=organisation_id, records=records, scale=scale)
        for identity, one, ranked in zip(some, asked, weighed, strict=True):
            told_apart = refused.get(identity.key, ())
            found.append(chosen(
                verdict(each, number=identity.number if each.client_id in one.named else "", scale=scale)
                for each in ranked if each.client_id not in told_apart
            ))  # fmt: skip
    known = [one for one in found if one]
    names, twins = _names(known), _twins(known)
    return [_match(*_without(twins, *one), names) if one else None for one in found]


def verdict(one: Weighed, *, number: str = "", scale: Scale = USUAL) -> Verdict:
    """What is thought of one client. `number`: the client number that was typed and leads to it.

    A number we mailed, or the SIRET of that very site, with a name that can be its own, leaves no doubt whatever the
    town; with another name, another SIREN or another site it is shown, and never certain. Without them, a score that is
    certain also needs enough in common (`proof`); the reason says what lacks.
    """
    is_told = bool(number) or one.levels["siren"] == _SAME_SIRET
    is_known = is_told and _can_be(one.levels)
    is_certain = is_known or (one.certain and proof.is_enough(one.levels))
    points = max(one.score, scale.certain if is_certain else scale.asked if is_told else 0)
    reason = one.reason if is_certain or not one.certain else f"{one.reason}, {proof.lacking(one.levels)}"
    if number:
        said = _("numéro client %(number)s") % {"number": number}
        reason = f"{said}, {reason}" if reason else said
    least = scale.certain if proof.is_doubtful(one.levels) else scale.asked
    least = 0 if proof.is_namesake(one.levels) else least
    return Verdict(one.client_id, is_certain, points, reason, is_told, least)


def _can_be(levels: Mapping[str, float]) -> bool:
    """Whether what tells a client from another (name, kind, site, SIREN) does not deny it."""
    if levels["siren"] == _OTHER_SIREN or levels["kind"] == _OTHER_KIND or levels["site"]:
        return False
    if levels["name"] == _NO_NAME:  # nothing but « mairie »: then the town is its name
        return levels["kind"] == _SAME_KIND and levels["town"] != _OTHER_TOWN
    return levels["name"] in _OWN_NAME


def chosen(verdicts: Iterable[Verdict]) -> tuple[Verdict, list[Verdict]] | None:
    """The likeliest, and those that answer as well; None when nobody is worth a look."""
    ranked = sorted((one for one in verdicts if one.is_worth_a_look), key=_rank)
    if not ranked:
        return None
    first, *others = ranked
    return first, [one for one in others if _is_rival(one, first)]


def _rank(one: Verdict) -> tuple[bool, bool, float, int]:
    return not one.is_certain, not one.is_told, -one.score, one.client_id


def _is_rival(one: Verdict, first: Verdict) -> bool:
    if one.is_told:
        return True
    if first.is_certain and (first.is_told or not one.is_certain):
        return False
    return first.log_odds - one.log_odds < SURE_LEAD


def _match(first: Verdict, rivals: Sequence[Verdict], names: Mapping[int, tuple[str, str, str]]) -> Match:
    """With rivals, none is chosen: the first is shown, the reason names the others."""
    is_sure = first.is_certain and not rivals
    certainty = Certainty.CERTAIN if is_sure else Certainty.PROBABLE
    number, name, imported_id = names[first.client_id]
    others = tuple(names[one.client_id][0] for one in rivals)
    reason = first.reason
    if rivals:
        named = [number, *others[: SHOWN - 1]]
        about = {"reasons": reason, "numbers": ", ".join(named) + (", …" if len(others) >= SHOWN else "")}
        reason = _("%(reasons)s\u202f; plusieurs clients répondent aussi bien\u00a0: %(numbers)s") % about
    ids = tuple(one.client_id for one in rivals)
    return Match(first.client_id, certainty, round(first.score, 4), reason, number, name, ids, others, imported_id)


def _without(twins: Collection[frozenset[int]], first: Verdict, rivals: list[Verdict]) -> tuple[Verdict, list[Verdict]]:
    """A certain duplicate of the first is no rival: it is the same client twice, and either record is right."""
    return first, [one for one in rivals if frozenset((first.client_id, one.client_id)) not in twins]


def _twins(found: Iterable[tuple[Verdict, Collection[Verdict]]]) -> set[frozenset[int]]:
    """The pairs of those that the last scan holds for certain duplicates."""
    ids = {one.client_id for first, rivals in found if rivals for one in (first, *rivals)}
    return {frozenset((left, right)) for left, right in rows(TWINS, ids) if right in ids}


def _names(found: Iterable[tuple[Verdict, Collection[Verdict]]]) -> dict[int, tuple[str, str, str]]:
    ids = {one.client_id for first, rivals in found for one in (first, *rivals)}
    return {pk: (number, name, imported_id) for pk, number, name, imported_id in rows(NAMES, ids)}
