"""Is this requester one of our clients? Pure: weighs evidence, answers with a certainty and readable reasons (B6).

This is the one room to replace when recognition deepens: `best` is its only door. T62: nothing here, and nothing that
calls it, is ever on the requester's side; whoever types our SIRET or a client number learns nothing from it.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from comptoir.base.text import digits, email_key, folded
from comptoir.clients.keys import number_key, stored_name_key, town_key
from comptoir.clients.likeness import is_telling, names_fit, same_town
from comptoir.clients.states import Certainty


@dataclass(frozen=True)
class Identity:
    """Who a requester says to be."""

    legal_name: str = ""
    siret: str = ""
    client_number: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    city: str = ""

    @cached_property
    def name(self) -> str:
        """The name as it is compared."""
        return stored_name_key(self.legal_name)

    @cached_property
    def siret_key(self) -> str:
        """Fourteen digits, or nothing."""
        number = digits(self.siret)
        return number if len(number) == 14 and number.strip("0") else ""

    @cached_property
    def siren(self) -> str:
        """Nine digits, from a SIRET or a SIREN, or nothing."""
        number = digits(self.siret)
        return number[:9] if len(number) in (9, 14) and number.strip("0") else ""

    @cached_property
    def number(self) -> str:
        """The client number as we write it."""
        return number_key(self.client_number)

    @cached_property
    def address(self) -> str:
        """The e-mail address as it is compared."""
        return email_key(self.email)

    @cached_property
    def town(self) -> str:
        """The town as it is compared."""
        return town_key(self.city)

    @cached_property
    def key(self) -> str:
        """Digest of what tells this requester from another: a refused match is remembered under it (B7)."""
        parts = (self.name, self.siret_key or self.siren, self.number, self.address, self.town or self.postcode)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client that shares something with a requester. `same_email`: the address is the client's or a contact's."""

    client_id: int
    number: str
    legal_name: str
    name: str
    siret: str = ""
    postcode: str = ""
    city: str = ""
    same_email: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The client proposed for a requester. `rivals`: ids of others that answer as well, so that a person chooses."""

    client_id: int
    certainty: Certainty
    score: float  # 0 to 1
    reason: str
    number: str = ""
    legal_name: str = ""
    rivals: tuple[int, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Sure enough to be acted on without a person."""
        return self.certainty == Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate on the scales; with a doubt it cannot be certain."""

    candidate: Candidate
    points: int
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


# How much each piece of evidence says, and what each doubt takes off. Only their order and rough ratio matter.
SIRET, NUMBER, EMAIL, NAME_AND_TOWN, NAME, NAME_ELSEWHERE = 100, 90, 80, 70, 50, 30
OTHER_NAME, OTHER_SIREN, OTHER_TOWN, LITTLE_SAID = 40, 30, 20, 10
FULL = 180  # a SIRET and an address that agree
AS_GOOD = 0.8  # a rival with this share of the first one's points is as good
CROWD = NAME_ELSEWHERE - OTHER_TOWN  # a name alone, elsewhere, borne by several: not worth a look


def best(identity: Identity, candidates: Iterable[Candidate], refused: Collection[int] = ()) -> Match | None:
    """The client this requester most likely is, or None. Certain only when one client alone leaves no doubt.

    `refused`: ids a person said this requester is not (B7); they are never proposed again.
    """
    scales = [weigh(identity, one) for one in candidates if one.client_id not in refused]
    ranked = sorted((one for one in scales if one.points > 0), key=_rank)
    if not ranked:
        return None
    first, *others = ranked
    rivals = [one for one in others if one.points >= AS_GOOD * first.points]
    if rivals and first.points <= CROWD:
        return None
    return _ambiguous(first, rivals) if rivals else _alone(first)


def _rank(one: Weighed) -> tuple[bool, int, int]:
    return bool(one.doubts), -one.points, one.candidate.client_id


def _alone(one: Weighed) -> Match:
    share = min(one.points, FULL) / FULL
    certainty, score = (Certainty.PROBABLE, min(share, 0.65)) if one.doubts else (Certainty.CERTAIN, 0.7 + 0.3 * share)
    client, reason = one.candidate, ", ".join(one.reasons + one.doubts)
    return Match(client.client_id, certainty, round(score, 4), reason, client.number, client.legal_name)


def _ambiguous(first: Weighed, rivals: Sequence[Weighed]) -> Match:
    """None is chosen: the first is shown, the reason names the others."""
    numbers = [one.candidate.number for one in (first, *rivals)]
    names = ", ".join(numbers[:3]) + (", …" if len(numbers) > 3 else "")
    reason = _("%(reasons)s\u202f; plusieurs clients répondent aussi bien\u00a0: %(numbers)s") % {
        "reasons": ", ".join((first.reasons + first.doubts)[:2]),
        "numbers": names,
    }
    score = min(first.points / FULL, 0.65) / (1 + len(rivals))
    client, ids = first.candidate, tuple(one.candidate.client_id for one in rivals)
    return Match(client.client_id, Certainty.PROBABLE, round(score, 4), reason, client.number, client.legal_name, ids)


def weigh(identity: Identity, candidate: Candidate) -> Weighed:
    """What speaks for one candidate and what speaks against, each in words."""
    evidence = _exact(identity, candidate)
    exact = len(evidence)
    towns = same_town((identity.city, identity.postcode), (candidate.city, candidate.postcode))
    same_name = bool(identity.name) and identity.name == candidate.name
    if same_name:
        worth = {True: NAME_AND_TOWN, None: NAME, False: NAME_ELSEWHERE}[towns]
        evidence.append((worth, _same_name(identity, candidate)))
    if not evidence:
        return Weighed(candidate, 0, ())
    doubts = _doubts(identity, candidate, same_name=same_name, towns=towns)
    if same_name and not exact and towns:
        evidence.append((0, _("même commune")))
    if same_name and not exact and towns is None and not is_telling(identity.name):
        doubts.append((LITTLE_SAID, _("nom trop courant pour suffire")))
    points = sum(worth for worth, _words in evidence) - sum(worth for worth, _words in doubts)
    return Weighed(candidate, points, tuple(words for _n, words in evidence), tuple(words for _n, words in doubts))


def _exact(identity: Identity, candidate: Candidate) -> list[tuple[int, str]]:
    found = []
    if identity.siret_key and identity.siret_key == candidate.siret:
        found.append((SIRET, _("même SIRET")))
    if identity.number and identity.number == candidate.number:
        found.append((NUMBER, _("numéro client %(number)s") % {"number": candidate.number}))
    if candidate.same_email:
        found.append((EMAIL, _("même adresse de courriel")))
    return found


def _doubts(identity: Identity, candidate: Candidate, *, same_name: bool, towns: bool | None) -> list[tuple[int, str]]:
    """What forbids being certain. One SIRET is one site, and the number we mailed with its name, whatever the town."""
    same_siret = bool(identity.siret_key) and identity.siret_key == candidate.siret
    settled = same_siret or (same_name and bool(identity.number) and identity.number == candidate.number)
    known = f"{identity.town} {town_key(candidate.city)}"
    doubts = []
    if not same_name and not names_fit(identity.legal_name, candidate.legal_name, towns=known):
        doubts.append((OTHER_NAME, _("mais un tout autre nom")))
    if identity.siren and candidate.siret and identity.siren != candidate.siret[:9]:
        doubts.append((OTHER_SIREN, _("autre SIREN")))
    if towns is False and not settled:
        doubts.append((OTHER_TOWN, _("autre commune")))
    elif towns is None and not settled and identity.siret_key and candidate.siret:
        doubts.append((OTHER_TOWN, _("autre établissement")))
    return doubts


def _same_name(identity: Identity, candidate: Candidate) -> str:
    if identity.legal_name == candidate.legal_name:
        return _("même nom")
    if folded(identity.legal_name) == folded(candidate.legal_name):
        return _("même nom, à la casse et aux accents près")
    return _("même nom, à la forme juridique près")
