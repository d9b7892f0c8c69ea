"""The invented organisations of the demonstration: who they are and what they offer. Nobody here is real."""

# ruff: noqa: E501  # a table of texts reads better with a line a row

from dataclasses import dataclass, field

from comptoir.catalogue.commands.add_ons import Extra
from comptoir.catalogue.rules import Rules


@dataclass(frozen=True)
class Person:
    """Someone of the staff."""

    login: str
    first_name: str
    last_name: str
    role: str


@dataclass(frozen=True)
class Course:
    """One activity: its sessions start every `every` days, `sessions` times, from `first` days from now."""

    title: str
    theme: str
    promise: str
    description: str
    days: int
    price_cents: int
    capacity: int
    places: tuple[tuple[str, str, str], ...]  # place, address, city; an empty city is remote
    kind: str = "course"
    vat_bp: int = 2000
    first: int = 9
    every: int = 21
    sessions: int = 5
    rates: tuple[tuple[str, int], ...] = ()
    extras: tuple[Extra, ...] = ()
    rules: Rules | None = None
    public_type: str = ""  # what type of public course it is
    seat_order: str = "arrival"  # how its seats are given then
    programme: str = ""
    audience: str = ""
    prerequisites: str = ""


@dataclass(frozen=True)
class House:
    """One organisation."""

    slug: str
    name: str
    colour: str
    tagline: str
    about: str
    address: str
    people: tuple[Person, ...]
    courses: tuple[Course, ...]
    territories: tuple[str, ...] = ()
    clients: tuple[tuple[str, ...], ...] = ()  # name, kind, siret, postcode, city, first name, last name, e-mail
    offering: str = "courses"
    takes_members: bool = False
    takes_cover: bool = False
    takes_courses: bool = False
    sells_by_card: bool = False  # by the simulated provider, where there is one
    phone: str = "02 40 00 12 34"
    asked: tuple[tuple[str, ...], ...] = field(default=())  # name, siret, city, first, last, e-mail, number of people


NANTES = ("Maison des Mariniers", "3 quai des Cordiers", "Nantes")
RENNES = ("Le Grand Atelier", "18 rue des Tisserands", "Rennes")
ANGERS = ("Salle Ardoise", "42 boulevard des Carrières", "Angers")
REMOTE = ("Classe à distance", "", "")

LOIRE = House(
    slug="loire-formation",
    takes_courses=True,
    name="Loire Formation",
    colour="#1f5f6b",
    tagline="Des formations courtes, près de chez vous, par des gens du métier.",
    about="Organisme de formation depuis 1998, nous formons chaque année 2 400 salariés de l’Ouest. "
    "Des groupes de douze au plus, des formateurs en activité, et un suivi à trois mois.",
    address="3 quai des Cordiers\n44000 Nantes",
    territories=("Loire-Atlantique", "Ille-et-Vilaine", "Maine-et-Loire"),
    people=(
        Person("camille.vasseur", "Camille", "Vasseur", "administrator"),
        Person("hugo.lemaitre", "Hugo", "Lemaître", "sales_rep"),
        Person("ines.caradec", "Inès", "Caradec", "assistant"),
        Person("malo.guivarch", "Malo", "Guivarch", "manager"),
    ),
    courses=(
        Course(
            "Sauveteur secouriste du travail",
            "Santé et sécurité",
            "Repartez en sachant quoi faire dans les trois minutes qui comptent.",
            "Deux jours de gestes, de mises en situation et de retours d’expérience, pour protéger, examiner, alerter "
            "et secourir. Certificat valable 24 mois.",
            2, 39_000, 10, (NANTES, RENNES, ANGERS), first=8, every=14, sessions=8,
            audience="Tout salarié volontaire ou désigné par son employeur.",
            prerequisites="Aucun.",
            programme="Jour 1 : protéger, examiner, faire alerter.\nJour 2 : secourir, mises en situation, évaluation.",
        ),
        Course(
            "Gestes et postures au bureau",
            "Santé et sécurité",
            "Réglez votre poste en dix minutes et finissez la journée sans mal de dos.",
            "Une journée pratique, à votre poste ou en salle, avec un ergonome.",
            1, 24_500, 12, (NANTES, REMOTE), first=15, every=28,
        ),
        Course(
            "Habilitation électrique BS – BE manœuvre",
            "Santé et sécurité",
            "Intervenez sur une installation basse tension en connaissant le risque et la règle.",
            "Théorie et travaux pratiques sur platines, pour les non-électriciens. Avis d’habilitation remis à l’employeur.",
            2, 46_000, 8, (RENNES, ANGERS), first=22, every=35,
        ),
        Course(
            "Excel, du tableau au tableau de bord",
            "Bureautique",
            "Passez d’une feuille de calcul à un tableau de bord que l’on comprend d’un regard.",
            "Formules, tableaux croisés, graphiques : vous travaillez sur vos propres fichiers.",
            2, 52_000, 10, (NANTES, REMOTE), first=12, every=21, sessions=6,
        ),
        Course(
            "Écrire clair : courriels, notes et comptes rendus",
            "Communication",
            "Écrivez des messages que l’on lit jusqu’au bout.",
            "Une journée d’atelier sur vos propres textes, pour dire l’essentiel en peu de mots.",
            1, 31_000, 12, (NANTES, RENNES), first=18, every=30,
        ),
        Course(
            "Manager de proximité : les six premiers mois",
            "Management",
            "Prenez votre place de responsable sans perdre votre équipe.",
            "Trois jours en deux temps, avec une mise en pratique entre les deux et un entretien individuel.",
            3, 98_000, 10, (NANTES, ANGERS), first=30, every=45, sessions=4,
        ),
    ),
    clients=(
        ("Ateliers du Lac", "firm", "73282932000074", "44300", "Nantes", "Claire", "Lefèvre", "claire.lefevre@ateliers-du-lac.exemple"),
        ("Mairie de Rezé-sur-Sèvre", "public", "", "44400", "Rezé-sur-Sèvre", "Yann", "Kerbrat", "formation@reze-sur-sevre.exemple"),
        ("Conserverie Le Guen SAS", "firm", "", "29900", "Concarneau", "Maïwenn", "Le Guen", "rh@le-guen.exemple"),
        ("Association Les Passerelles", "association", "", "35000", "Rennes", "Omar", "Belkacem", "contact@passerelles.exemple"),
        ("Transports Ardoise et Fils", "firm", "", "49000", "Angers", "Sylvie", "Moreau", "s.moreau@ardoise-transports.exemple"),
        ("LES ATELIERS DU LAC SARL", "firm", "73282932000074", "44300", "NANTES", "Claire", "Lefevre", "formation@ateliers-du-lac.exemple"),
        ("Commune de Rezé sur Sèvre", "public", "", "44400", "Reze sur Sevre", "Sandrine", "Picot", "s.picot@reze-sur-sevre.exemple"),
        ("Transports Ardoise", "firm", "", "49100", "Angers", "Sylvie", "Moreau", "contact@ardoise-transports.exemple"),
    ),
    asked=(
        ("ATELIERS DU LAC", "732 829 320 00074", "Nantes", "Claire", "Lefèvre", "claire.lefevre@ateliers-du-lac.exemple", "2"),
        ("Conserverie Le Guen", "", "Concarneau", "Erwan", "Le Guen", "erwan@le-guen.exemple", "3"),
        ("Cabinet Tréguier & associés", "", "Vannes", "Nolwenn", "Tréguier", "nolwenn@treguier.exemple", "1"),
        ("mairie de reze sur sevre", "", "Rezé-sur-Sèvre", "Sandrine", "Picot", "s.picot@reze-sur-sevre.exemple", "4"),
        ("Menuiserie Bocage", "", "Cholet", "Antoine", "Raimbault", "antoine@menuiserie-bocage.exemple", "2"),
        ("Les Passerelles", "", "Rennes", "Omar", "Belkacem", "contact@passerelles.exemple", "1"),
        ("Clinique vétérinaire des Ormes", "", "Angers", "Faustine", "Huet", "accueil@veto-ormes.exemple", "2"),
    ),
)  # fmt: skip

DIRECT = Rules(
    is_direct=True, takes_cheque=True, takes_transfer=True, has_waiting_list=True, may_cancel=True, may_rename=True,
    may_change_add_ons=True, may_change_method=True, until_days=3,
)  # fmt: skip

RIVES = House(
    slug="festival-des-rives",
    name="Festival des Rives",
    colour="#8a2f4e",
    tagline="Trois jours d’ateliers et de rencontres au bord de l’eau.",
    offering="events",
    about="Une équipe de bénévoles et huit communes, pour un rendez-vous gourmand et curieux.",
    address="Halle aux Toiles\n49400 Saumur",
    sells_by_card=True,
    people=(Person("lou.terrasse", "Lou", "Terrasse", "administrator"), Person("basile.roy", "Basile", "Roy", "manager")),
    courses=(
        Course(
            "Atelier céramique au tour", "Ateliers", "Tournez votre premier bol, et repartez avec.",
            "Trois heures avec une céramiste, terre et cuisson comprises.", 1, 4_500, 8,
            (("Halle aux Toiles", "Place de la Bilange", "Saumur"),), kind="event", first=40, every=1, sessions=3,
            rates=(("Plein tarif", 4_500), ("Habitant", 3_200), ("Moins de 18 ans", 2_000)), rules=DIRECT,
            extras=(Extra("Déjeuner au bord de l’eau", 1_400, 12), Extra("Kilo de terre à emporter", 350, None, 5)),
        ),
        Course(
            "Balade botanique en barque", "Sorties", "Lisez la rive comme un herbier.",
            "Deux heures sur l’eau avec un botaniste, par petits groupes.", 1, 1_800, 8,
            (("Cale du Petit Thouars", "Quai Mayaud", "Saumur"),), kind="event", first=40, every=1, sessions=3,
            rules=DIRECT,
        ),
        Course(
            "Rencontre : dessiner le vivant", "Rencontres", "Trois carnettistes ouvrent leurs cahiers.",
            "Une rencontre suivie d’une heure de dessin en commun.", 1, 0, 120,
            (("Théâtre du Quai", "Rue Dacier", "Saumur"),), kind="event", vat_bp=0, first=41, every=1, sessions=1,
            rules=DIRECT,
        ),
    ),
)  # fmt: skip

SECOURS = House(
    slug="secours-atlantique",
    takes_members=True,
    takes_cover=True,
    takes_courses=True,
    name="Secours Atlantique",
    colour="#b3471d",
    tagline="Apprendre à secourir, servir à deux pas de chez soi.",
    about="Association de secouristes bénévoles : formations au public et postes de secours.",
    address="12 rue du Phare\n44600 Saint-Nazaire",
    people=(Person("jeanne.dupont", "Jeanne", "Dupont", "administrator"),),
    courses=(
        Course(
            "Premiers secours citoyen", "Grand public", "Sept heures pour savoir agir.",
            "La formation de base, ouverte à tous dès dix ans.", 1, 6_000, 10,
            (("Centre du Phare", "12 rue du Phare", "Saint-Nazaire"),), vat_bp=0, first=13, every=7, sessions=6,
            rules=DIRECT, public_type="PSC1", seat_order="payment",
        ),
        Course(
            "Gestes qui sauvent", "Grand public", "Deux heures, trois gestes, aucune excuse.",
            "Une initiation courte, en soirée.", 1, 0, 15,
            (("Centre du Phare", "12 rue du Phare", "Saint-Nazaire"),), vat_bp=0, first=10, every=14, sessions=4,
            rules=DIRECT, public_type="Gestes qui sauvent",
        ),
    ),
)  # fmt: skip

HOUSES = (LOIRE, RIVES, SECOURS)
