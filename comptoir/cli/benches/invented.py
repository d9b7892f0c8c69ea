"""Invented clients with ground truth: who exists, who is written twice and how badly, who only looks alike.

One entity is one organisation at one site. Half are firms, a fifth public bodies, a sixth associations, the rest
persons. One firm in ten is a brand with a namesake in another town (an entity of its own: a sibling); names of schools,
clubs and families repeat from town to town as they do in life. `spoiling` says how a second writing differs.
The draw depends on the seed alone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from comptoir.base.text import folded

FAMILIES = (
    "Aubertin Bazin Blancheteau Bourdelle Carlier Chauvel Cloarec Costes Dauphin Delattre Doucet Esnault Fabry "
    "Fouquet Gallois Gervais Guéguen Hamelin Hébrard Jouan Kerlau Lacaze Lambertz Lecoq Lhermitte Maillard "
    "Marchand Mercœur Montel Morvan Nadaud Oger Pasquet Péan Quéré Rabier Renaudin Rocher Saulnier Sénéchal "
    "Tardieu Texier Vasseur Verdier Vial Weber Ynard Zeller"
).split()
FIRST = (
    "Adèle Bastien Camille Damien Élise Fabrice Gaëlle Hugo Inès Jérôme Katia Loïc Maëlle Nadia Océane Paul Solène"
).split()
TRADES = (
    "Menuiserie Charpente Boulangerie Imprimerie Carrosserie Couverture Plomberie Électricité Maçonnerie "
    "Serrurerie Conserverie Fonderie Pépinières Transports Ambulances Cabinet Clinique Pharmacie Garage "
    "Verrerie Scierie Traiteur Brasserie Laiterie"
).split()
COINED_HEADS = (
    "Al Bel Cor Dal Ever Fen Gal Hel Isa Kor Lum Mar Nov Ori Pra Quen Rav Sol Tev Ulm Ver Wel Xan Zel".split()
)
COINED_TAILS = "tis dia cora nex via lys mont sys tech vance gia rion dor phy cap nova line soft bat tral".split()
PURPOSES = (
    "sportive|musicale|des parents d’élèves|de chasse|des jeunes|de gymnastique|culturelle|de secourisme|"
    "de tir à l’arc|des aînés"
).split("|")
TOWN_HEADS = (
    "Saint-Aubin Saint-Brice Saint-Clair Saint-Denis Sainte-Foy Saint-Gilles Villeneuve Montreuil Beaumont "
    "Châteauneuf Marcilly Fontenay Rochefort Neuville Vernou Brion Chemillé Lusigny Aubigny Courcelles "
    "Ferrières Grandchamp Verrières Moulins"
).split()
TOWN_TAILS = (
    "sur-Loire sur-Vienne en-Forêt le-Château la-Rivière les-Bois du-Val sous-Roche en-Plaine l’Abbaye sur-Mer "
    "aux-Chênes d’Anjou en-Bresse du-Désert le-Vieux sur-Erdre la-Ville"
).split()
VILLAGES = [*TOWN_HEADS, *(head + tail for head in COINED_HEADS for tail in ("ville", "court", "ac", "ières", "igny"))]
STREETS = (
    "rue des Tanneurs|avenue de la République|boulevard Carnot|place du Marché|rue Pasteur|chemin du Moulin".split("|")
)
GENERIC = ("orange", "gmail", "free", "wanadoo", "laposte", "hotmail")


@dataclass(frozen=True)
class Record:
    """A line of an import, with the number of its entity: two of one number are one client."""

    entity: int
    name: str
    siret: str
    address: str
    postcode: str
    town: str
    phone: str
    email: str
    contact: str


def entities(count: int, *, seed: int) -> Iterator[Record]:
    """So many entities as they would write themselves, siblings beside their brand."""
    dice = random.Random(seed)  # noqa: S311  # a draw that repeats, nothing secret
    taken: set[tuple[str, str]] = set()
    number = 0
    last: Record | None = None
    while number < count:
        is_sibling = last is not None and bool(last.siret) and dice.random() < 0.05
        one = sibling(dice, last, number) if last and is_sibling else _entity(dice, number)
        place = (folded(one.name), one.town)
        if place in taken:  # two of one name in one town would be one client for anybody
            continue
        taken.add(place)
        yield one
        number += 1
        last = None if is_sibling else one


def sibling(dice: random.Random, of: Record, number: int) -> Record:
    """The same brand in another town: another site of the same firm, or another firm under its name."""
    other = _entity(dice, number)
    same_firm = dice.random() < 0.6
    siret = siret_of(dice, of.siret[:9] if same_firm else "")
    email = of.email if same_firm and dice.random() < 0.3 else other.email
    return replace(other, name=of.name, siret=siret, email=email)


def _entity(dice: random.Random, number: int) -> Record:
    town, postcode = _town(dice)
    family, first = dice.choice(FAMILIES), dice.choice(FIRST)
    if dice.random() < 0.5:
        family += f"-{dice.choice(FAMILIES)}"
    draw = dice.random()
    name, siret, domain = _firm(dice, family), siret_of(dice), ""
    if draw < 0.2:
        name = _public(dice, town, family, first)
    elif draw < 0.37:
        name = f"{dice.choice(('Association', 'Amicale', 'Club', 'Société'))} {dice.choice(PURPOSES)} de {town}"
        siret = siret if dice.random() < 0.4 else ""
    elif draw < 0.5:
        name, siret = f"{first} {family}", ""
    if siret and dice.random() < 0.75:
        domain = f"{_slug(name)[:24]}{number % 97}.exemple"
    email = (
        f"contact@{domain}"
        if domain
        else f"{_slug(first)}.{_slug(family)}{dice.randrange(900)}@{dice.choice(GENERIC)}.fr"
    )
    address = f"{dice.randrange(1, 140)} {dice.choice(STREETS)}"
    phone = f"0{dice.randrange(1, 6)}{dice.randrange(10**8):08}"
    return Record(number, name, siret, address, postcode, town, phone, email, f"{first} {family}")


def _firm(dice: random.Random, family: str) -> str:
    coined = dice.choice(COINED_HEADS) + dice.choice(COINED_TAILS)
    trade = dice.choice(TRADES)
    form = dice.choice(("", "", "", "SARL ", "SAS ", "EURL "))
    return form + dice.choice(
        (
            f"{trade} {family}", f"{family} et Fils", coined, f"{coined} {trade}", f"Établissements {family}",
            f"{trade} {coined}",
        )
    )  # fmt: skip


def _public(dice: random.Random, town: str, family: str, first: str) -> str:
    return dice.choice(
        (
            f"Mairie de {town}", f"Mairie de {town}", f"École primaire {first} {family}", f"Collège {first} {family}",
            f"Centre hospitalier de {town}", f"Communauté de communes de {town}", f"Maison de retraite {family}",
            f"Mairie annexe de {town} {dice.choice(('Nord', 'Ouest'))}",
        )
    )  # fmt: skip


def _town(dice: random.Random) -> tuple[str, str]:
    head, tail = dice.randrange(len(VILLAGES)), dice.randrange(len(TOWN_TAILS) + 1)
    department = 1 + (head * 7 + tail * 3) % 90
    name = VILLAGES[head] + (f"-{TOWN_TAILS[tail]}" if tail < len(TOWN_TAILS) else "")
    return name, f"{department:02}{(head * 31 + tail * 10) % 900 + 10:03}"


def siret_of(dice: random.Random, siren: str = "") -> str:
    """A SIRET with right keys (Luhn), of this firm or of a new one."""
    return _keyed((siren or _keyed(f"{dice.randrange(10**7, 10**8)}")) + f"{dice.randrange(10, 9000):04}")


def _keyed(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def _slug(name: str) -> str:
    return "".join(letter for letter in folded(name) if letter.isalnum())
