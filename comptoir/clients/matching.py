"""Is this requester one of our clients? Pure: weighs evidence, answers with a certainty and readable reasons (B6).

This is the one room to replace when recognition deepens: `best` is its only door. T62: nothing here, and nothing that
calls it, is ever on the requester's side; whoever types our SIRET or a client number learns nothing from it.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


class Candidate(NamedTuple):
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


class Sign(NamedTuple):
    """One thing that speaks for a candidate, or against: how much (only order and rough ratio matter), and in words."""

    worth: int
    words: Promise | str


SAME_SIRET = Sign(100, _("même SIRET"))
SAME_NUMBER = Sign(90, _("numéro client %(number)s"))
SAME_EMAIL = Sign(80, _("même adresse de courriel"))
SAME_NAME_HERE = Sign(70, _("%(same_name)s, même commune"))
SAME_NAME = Sign(50, "%(same_name)s")
SAME_NAME_ELSEWHERE = Sign(30, "%(same_name)s")
NAME_SIGNS = (SAME_NAME_HERE, SAME_NAME, SAME_NAME_ELSEWHERE)  # the last of a candidate's signs, when there is one
OTHER_NAME = Sign(-40, _("mais un tout autre nom"))
OTHER_SIREN = Sign(-30, _("autre SIREN"))
OTHER_TOWN = Sign(-20, _("autre commune"))
OTHER_SITE = Sign(-20, _("autre établissement"))
COMMON_NAME = Sign(-10, _("nom trop courant pour suffire"))
BORNE_BY_OTHERS = Sign(-10, _("d’autres clients portent ce nom"))

FULL = 180  # a SIRET and an address that agree
AS_GOOD = 0.8  # a rival with this share of the first one's points is as good
CROWD = 10  # the same name elsewhere and nothing else: borne by several, it is not worth a look


class Weighed(NamedTuple):
    """One candidate on the scales; with a doubt it cannot be certain."""

    candidate: Candidate
    points: int
    signs: tuple[Sign, ...] = ()
    doubts: tuple[Sign, ...] = ()


def best(identity: Identity, candidates: Iterable[Candidate], refused: Collection[int] = ()) -> Match | None:
    """The client this requester most likely is, or None. Certain only when one client alone leaves no doubt.

    `refused`: ids a person said this requester is not (B7); they are never proposed again.
    """
    scales = _doubted([weigh(identity, one) for one in candidates if one.client_id not in refused])
    ranked = sorted((one for one in scales if one.points > 0), key=_rank)
    if not ranked:
        return None
    first, *others = ranked
    rivals = [one for one in others if one.points >= AS_GOOD * first.points]
    if rivals and first.points <= CROWD:
        return None
    return _match(identity, first, rivals)


def _rank(one: Weighed) -> tuple[bool, int, int]:
    return bool(one.doubts), -one.points, one.candidate.client_id


def _doubted(scales: list[Weighed]) -> list[Weighed]:
    """A name alone, without its town, tells nobody apart when others bear it."""
    if sum(bool(one.signs) and one.signs[-1] in NAME_SIGNS for one in scales) < 2:
        return scales
    return [_with_doubt(one, BORNE_BY_OTHERS) if one.signs == (SAME_NAME,) else one for one in scales]


def _with_doubt(one: Weighed, doubt: Sign) -> Weighed:
    return one._replace(points=one.points + doubt.worth, doubts=(*one.doubts, doubt))


def _match(identity: Identity, first: Weighed, rivals: Sequence[Weighed]) -> Match:
    """With rivals, none is chosen: the first is shown, the reason names the others."""
    client, share = first.candidate, min(first.points / FULL, 1)
    ids = tuple(one.candidate.client_id for one in rivals)
    if first.doubts or rivals:
        certainty, score = Certainty.PROBABLE, min(share, 0.65) / (1 + len(rivals))
    else:
        certainty, score = Certainty.CERTAIN, 0.7 + 0.3 * share
    reason = _reason(identity, first, rivals)
    return Match(client.client_id, certainty, round(score, 4), reason, client.number, client.legal_name, ids)


def _reason(identity: Identity, first: Weighed, rivals: Sequence[Weighed]) -> str:
    client = first.candidate
    same_name = _same_name(identity, client) if first.signs[-1] in NAME_SIGNS else ""
    about = {"number": client.number, "same_name": same_name}
    reasons = ", ".join(str(sign.words) % about for sign in first.signs + first.doubts)
    if not rivals:
        return reasons
    numbers = [one.candidate.number for one in (first, *rivals)]
    names = ", ".join(numbers[:3]) + (", …" if len(numbers) > 3 else "")
    return gettext("%(reasons)s\u202f; plusieurs clients répondent aussi bien\u00a0: %(numbers)s") % {
        "reasons": reasons, "numbers": names,
    }  # fmt: skip


def _same_name(identity: Identity, candidate: Candidate) -> str:
    if identity.legal_name == candidate.legal_name:
        return gettext("même nom")
    if folded(identity.legal_name) == folded(candidate.legal_name):
        return gettext("même nom, à la casse et aux accents près")
    return gettext("même nom, à la forme juridique près")


def weigh(identity: Identity, candidate: Candidate) -> Weighed:
    """What speaks for one candidate, and what speaks against."""
    signs = _exact(identity, candidate)
    same_name = bool(identity.name) and identity.name == candidate.name
    if not (signs or same_name):
        return Weighed(candidate, 0)
    towns = same_town((identity.city, identity.postcode), (candidate.city, candidate.postcode))
    doubts = _doubts(identity, candidate, signs, same_name=same_name, towns=towns)
    if same_name:
        signs.append({True: SAME_NAME_HERE, None: SAME_NAME, False: SAME_NAME_ELSEWHERE}[towns])
    return Weighed(candidate, sum(one.worth for one in (*signs, *doubts)), tuple(signs), tuple(doubts))


def _exact(identity: Identity, candidate: Candidate) -> list[Sign]:
    signs = []
    if identity.siret_key and identity.siret_key == candidate.siret:
        signs.append(SAME_SIRET)
    if identity.number and identity.number == candidate.number:
        signs.append(SAME_NUMBER)
    if candidate.same_email:
        signs.append(SAME_EMAIL)
    return signs


def _doubts(
    identity: Identity, candidate: Candidate, exact: list[Sign], *, same_name: bool, towns: bool | None
) -> list[Sign]:
    """What forbids being certain. One SIRET is one site, and the number we mailed with its name, whatever the town."""
    doubts = []
    known_towns = f"{identity.town} {town_key(candidate.city)}"
    if not same_name and not names_fit(identity.legal_name, candidate.legal_name, towns=known_towns):
        doubts.append(OTHER_NAME)
    same_siren = identity.siren == candidate.siret[:9] if identity.siren and candidate.siret else None
    if same_siren is False:
        doubts.append(OTHER_SIREN)
    if not (SAME_SIRET in exact or (SAME_NUMBER in exact and same_name)):
        if towns is False:
            doubts.append(OTHER_TOWN)
        elif towns is None and same_siren and identity.siret_key:
            doubts.append(OTHER_SITE)
    if not exact and towns is None and not is_telling(identity.name):
        doubts.append(COMMON_NAME)
    return doubts
