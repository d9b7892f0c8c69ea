"""Whether two names can be one client's, and two towns one town. Pure; spelling is forgiven, sense is not."""

from rapidfuzz import fuzz

from comptoir.clients.keys import stored_name_key, town_key

# Words that half the base shares: alone, they tell nobody from anybody.
COMMON_WORDS = frozenset(
    "mairie commune ville communaute agglomeration departement region service services ecole college lycee maternelle"
    " elementaire primaire universite centre hospitalier hopital clinique ehpad maison residence societe entreprise ets"
    " etablissement etablissements groupe compagnie cie fils freres amicale club comite federation union france"
    " formation conseil cabinet le la les l de du des d et en au aux a saint sainte sur sous".split()
)
NAMES_FIT = 72  # of 100: spellings this near can be one name
TOWNS_FIT = 85  # Toulon and Toulouse are at 71


def names_fit(left: str, right: str, *, towns: str = "") -> bool:
    """A telling word in common (the towns' own words set aside), near spellings, or one the other's initials."""
    first, second = stored_name_key(left), stored_name_key(right)
    if not first or not second or first == second:
        return True
    mine, theirs = set(first.split()), set(second.split())
    shared = (mine & theirs) - COMMON_WORDS - set(towns.split())
    if any(len(word) > 3 for word in shared):
        return True
    if _initials(first) in theirs or _initials(second) in mine:
        return True
    return fuzz.token_sort_ratio(first, second) >= NAMES_FIT


def is_telling(name: str) -> bool:
    """Whether a name key holds a word that half the base does not share."""
    return any(word not in COMMON_WORDS for word in name.split())


def same_town(left: tuple[str, str], right: tuple[str, str]) -> bool | None:
    """Two (town, postcode): True or False when both sides are known, else None."""
    first, second = town_key(left[0]), town_key(right[0])
    if first and second:
        return first == second or fuzz.ratio(first, second) >= TOWNS_FIT
    mine, theirs = left[1].strip(), right[1].strip()
    if not mine or not theirs:
        return None
    if mine == theirs:
        return True
    return None if mine[:2] == theirs[:2] else False  # a CEDEX postcode differs within its département


def _initials(name: str) -> str:
    letters = "".join(word[0] for word in name.split() if len(word) > 2)
    return letters if len(letters) > 1 else "\0"
