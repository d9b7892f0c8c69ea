"""What French organisations call themselves: the spellings of one thing brought to one word. Pure."""

import re

# Spellings of one kind of organisation, longest first once compiled; read on folded text (no case, accent, dot).
_KINDS = {
    "mairie": "hotel de ville|mairie|maire|commune|ville|municipalite",
    "annexe": "mairie annexe|mairie de quartier|mairie d arrondissement|annexe de la mairie",
    "chu": "centre hospitalier universitaire|centre hospitalier regional universitaire|chru|chu",
    "ch": "centre hospitalier general|centre hospitalier intercommunal|centre hospitalier regional|centre hospitalier"
    "|ctre hospitalier|centre hosp|ctre hosp|hopital|chg|chi|chr|ch",
    "clinique": "polyclinique|clinique|clin",
    "departement": "conseil departemental|conseil general|departement",
    "region": "conseil regional|region",
    "agglomeration": "communaute d agglomeration|agglomeration|agglo",
    "communautecommunes": "communaute de communes|com de communes|comcom|com com|cc",
    "metropole": "communaute urbaine|metropole",
    "ccas": "centre communal d action sociale|centre d action sociale|ccas",
    "sdis": "service departemental d incendie et de secours|sapeurs pompiers|pompiers|sdis",
    "police": "police municipale|police mun|police|pm",
    "eaux": "syndicat intercommunal d adduction d eau potable|syndicat intercommunal des eaux|syndicat des eaux"
    "|synd des eaux|siaep|syndicat eaux",
    "maternelle": "ecole maternelle publique|ecole maternelle|ec maternelle|ec mat|maternelle|empu|em",
    "ecole": "ecole primaire publique|ecole elementaire publique|ecole primaire|ecole elementaire|ec primaire"
    "|ec elementaire|groupe scolaire|elementaire|primaire|ecole|eepu|eppu|ec",
    "lyceepro": "lycee professionnel|lycee pro|lycee prof|lp",
    "lycee": "lycee general et technologique|lycee polyvalent|lycee general|lycee technologique|lycee|lgt|lpo|lyc",
    "college": "college|clg|coll",
    "universite": "universite|univ|faculte|fac",
    "ehpad": "etablissement d hebergement pour personnes agees dependantes|maison de retraite|ehpad residence"
    "|residence|resid|ehpad|mapad",
    "ifsi": "institut de formation en soins infirmiers|ifsi",
    "mediatheque": "mediatheque municipale|bibliotheque municipale|mediatheque|bibliotheque|biblio",
    "mjc": "maison des jeunes et de la culture|maison des jeunes et de culture|mjc",
    "cci": "chambre de commerce et d industrie|cci",
    "cma": "chambre de metiers et de l artisanat|chambre des metiers|cma",
    "ot": "office de tourisme|office du tourisme|syndicat d initiative",
    "mfr": "maison familiale rurale|mfr",
    "prefecture": "prefecture|pref",
    "pharmacie": "pharmacie|pharm|phie",
    "travauxpublics": "travaux publics",
    "espacesverts": "espaces verts",
    "protectioncivile": "protection civile|adpc",
    "amicalepompiers": "amicale des sapeurs pompiers|amicale des pompiers|amicale sapeurs pompiers"
    "|amicale pompiers|amicale sp|amicale s p|asp",
    "comitefetes": "comite des fetes|comite fetes|cte des fetes|cte fetes|cdf",
    "sivom": "syndicat intercommunal a vocations multiples|syndicat intercommunal a vocation multiple|sivom",
    "sivu": "syndicat intercommunal a vocation unique|sivu",
    "parentseleves": "association des parents d eleves|association de parents d eleves|parents d eleves|ape",
    "chasse": "association communale de chasse agreee|acca",
    "peche": "association agreee pour la peche et la protection du milieu aquatique|aappma",
    "admr": "aide a domicile en milieu rural|admr",
    "caf": "caisse d allocations familiales|caf",
    "cpam": "caisse primaire d assurance maladie|cpam",
    "cfa": "centre de formation d apprentis|centre de formation des apprentis|cfa",
    "esat": "etablissement et service d aide par le travail|etablissement de service d aide par le travail|esat",
    "ime": "institut medico educatif|ime",
    "garage": "garage|gge",
    "boulangerie": "boulangerie patisserie|boulangerie|boul",
}
_SPELLINGS = {one: kind for kind, spellings in _KINDS.items() for one in spellings.split("|")}
_ONE_OF_THEM = re.compile(rf"\b(?:{'|'.join(sorted(_SPELLINGS, key=len, reverse=True))})\b")

# Set aside: legal forms in full, and the service of an organisation that writes.
_ASIDE = re.compile(
    r"\b(?:societe par actions simplifiee(?: unipersonnelle)?|societe a responsabilite limitee|societe anonyme"
    r"|societe en nom collectif|societe civile(?: immobiliere| professionnelle)?|entreprise individuelle"
    r"|entreprise unipersonnelle a responsabilite limitee|association loi (?:de )?1901|loi 1901"
    r"|direction (?:des |de la |generale (?:des )?)?(?:ressources humaines|services|formation|generale|financiere)"
    r"|(?:services?|pole|bureau|cellule|departement) (?:de la |des |du |de )?(?:formation|ressources humaines|personnel"
    r"|rh|achats|comptabilite|administratif|enfance|technique|techniques|facturation|administration|accueil)"
    r"|secretariat(?: general)?|comptabilite|drh|(?:accueil|standard|facturation|siege(?: social)?)$"
    r"|s a r l|s a s u|s a s|s n c|s c i|e u r l|s a)\b"
)
_LEGAL = "sa sas sasu sarl eurl snc sci scp selarl selas scop scic gie earl gaec epic epa eirl ei".split()
_EMPTY = (
    "le la les l de du des d et en au aux a un une pour par sur sous chez societe ste soc entreprise ent ets etabl etab"
    " etablissement etablissements groupe gpe compagnie cie magasin agence site mr m mme mlle monsieur madame"
    " association asso ass aso assoc the and"
).split()
EMPTY_WORDS = frozenset(_LEGAL + _EMPTY)
_WORDS = {
    "st": "saint", "ste": "saint", "sainte": "saint", "sts": "saint", "gal": "general", "mal": "marechal",
    "dr": "docteur", "pdt": "president", "fr": "freres", "frs": "freres", "fres": "freres",
    "int": "international", "intl": "international",
    "centr": "centre", "serv": "services", "sces": "services", "transp": "transports", "transport": "transports",
    "tpts": "transports", "industries": "industrie", "prof": "professionnel", "as": "sport",
    "sportive": "sport", "sportif": "sport", "sports": "sport", "club": "sport", "elec": "electricite",
    "immo": "immobilier", "info": "informatique", "ing": "ingenierie", "chauff": "chauffage", "plomb": "plomberie",
    "constr": "construction", "ev": "espacesverts", "tp": "travauxpublics", "demenagements": "demenagement",
    "alim": "alimentation", "distrib": "distribution", "menuis": "menuiserie", "secu": "securite",
    "meca": "mecanique", "maint": "maintenance", "nett": "nettoyage", "cons": "conseil", "comm": "communication",
}  # fmt: skip
KINDS = frozenset(_KINDS) - {
    "travauxpublics", "espacesverts", "protectioncivile", "parentseleves", "chasse", "peche",
}  # fmt: skip  # the others are words of a name
SITES = frozenset("nord sud est ouest centre".split())  # a quarter of a town: another client
STREETS = {
    "av": "avenue", "ave": "avenue", "aven": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard",
    "boul": "boulevard", "r": "rue", "ru": "rue", "pl": "place", "imp": "impasse", "ch": "chemin", "che": "chemin",
    "chem": "chemin", "rte": "route", "all": "allee", "q": "quai", "qu": "quai", "crs": "cours", "sq": "square",
    "fg": "faubourg", "fbg": "faubourg", "res": "residence", "lot": "lotissement", "zi": "zone", "za": "zone",
    "zac": "zone", "zone": "zone", "industrielle": "", "artisanale": "", "commerciale": "", "activites": "",
    "d": "", "de": "", "du": "", "des": "", "la": "", "le": "", "les": "", "l": "", "bis": "", "ter": "", "st": "saint",
    "ste": "saint", "sainte": "saint", "gal": "general", "mal": "marechal", "dr": "docteur", "pdt": "president",
    "zae": "zone", "pte": "porte", "pass": "passage", "esp": "esplanade", "prom": "promenade", "rpt": "rondpoint",
}  # fmt: skip
_BOX = re.compile(r"\b(?:bp|cs|cedex|tsa|boite postale)(?: ?[0-9]+)?\b")
# Providers of addresses to anybody, by what stands before the last dot: people write « gmail.fr » and « orange.com ».
GENERIC_NAMES = frozenset(
    "gmail googlemail yahoo ymail hotmail live outlook msn wanadoo orange free sfr neuf laposte bbox numericable"
    " club-internet aol icloud me mac protonmail proton gmx aliceadsl voila cegetel 9online dbmail libertysurf"
    " tiscali nordnet caramail mail bouygtel online infonie noos lapost".split()
)
SHARED_DOMAIN = re.compile(r"(?:.+\.)?(?:ac-[a-z-]+\.fr|gouv\.fr)")  # thousands of schools and services each
_SERVICE = re.compile(r"\b(?:service|services|direction|pole|bureau|cabinet|regie)\b.*$")


def is_shared(domain: str) -> bool:
    """Whether an address there says nothing of who bears it."""
    name = domain.rpartition(".")[0]
    return name in GENERIC_NAMES or domain == "yahoo.co.uk" or bool(SHARED_DOMAIN.fullmatch(domain))


def without_service(text: str) -> str:
    """A town hall's name without the service that writes: « mairie de toulon service des sports » is Toulon's."""
    return _SERVICE.sub("", text)


def kinds_said(text: str) -> str:
    """Folded text, with each kind of organisation in its one word, and what says nothing taken away."""
    return _ONE_OF_THEM.sub(lambda found: _SPELLINGS[found[0]], _ASIDE.sub(" ", text))


def word_of(word: str) -> str:
    """A word in its one spelling."""
    return _WORDS.get(word, word)


def street_words(folded_address: str) -> list[str]:
    """An address in its one spelling, without box numbers and little words."""
    words = (STREETS.get(word, word) for word in _BOX.sub(" ", folded_address).split())
    return [word for word in words if word]
