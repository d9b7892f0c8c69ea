"""Departments: « CD 74 » is the Conseil départemental de la Haute-Savoie, « SDIS45 » the Loiret’s firemen. Pure."""

import re

_NAMED = (
    "01 ain|02 aisne|03 allier|04 alpes de haute provence|05 hautes alpes|06 alpes maritimes|07 ardeche|08 ardennes"
    "|09 ariege|10 aube|11 aude|12 aveyron|13 bouches du rhone|14 calvados|15 cantal|16 charente|17 charente maritime"
    "|18 cher|19 correze|2a corse du sud|2b haute corse|21 cote d or|22 cotes d armor|23 creuse|24 dordogne|25 doubs"
    "|26 drome|27 eure|28 eure et loir|29 finistere|30 gard|31 haute garonne|32 gers|33 gironde|34 herault"
    "|35 ille et vilaine|36 indre|37 indre et loire|38 isere|39 jura|40 landes|41 loir et cher|42 loire"
    "|43 haute loire|44 loire atlantique|45 loiret|46 lot|47 lot et garonne|48 lozere|49 maine et loire|50 manche"
    "|51 marne|52 haute marne|53 mayenne|54 meurthe et moselle|55 meuse|56 morbihan|57 moselle|58 nievre|59 nord"
    "|60 oise|61 orne|62 pas de calais|63 puy de dome|64 pyrenees atlantiques|65 hautes pyrenees"
    "|66 pyrenees orientales|67 bas rhin|68 haut rhin|69 rhone|70 haute saone|71 saone et loire|72 sarthe|73 savoie"
    "|74 haute savoie|75 paris|76 seine maritime|77 seine et marne|78 yvelines|79 deux sevres|80 somme|81 tarn"
    "|82 tarn et garonne|83 var|84 vaucluse|85 vendee|86 vienne|87 haute vienne|88 vosges|89 yonne"
    "|90 territoire de belfort|91 essonne|92 hauts de seine|93 seine saint denis|94 val de marne|95 val d oise"
    "|971 guadeloupe|972 martinique|973 guyane|974 reunion|976 mayotte"
)
_NUMBERS = {name: number for number, _, name in (one.partition(" ") for one in _NAMED.split("|"))}
_ANY = re.compile(rf"\b(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b")
# Who is one in each department: there alone a department's name is a number (« Menuiserie du Nord » is no department).
_OWN = (
    "cd|conseil departemental|conseil general|sdis|udsp|pompiers|prefecture|ddt|ddtm|ddpp|ddets|adpc|protection civile"
)
_IS_OWN = re.compile(rf"\b(?:{_OWN}|departement)(?: ?[0-9][0-9ab][0-9]?)?\b")
_GLUED = re.compile(r"\b(cd|sdis|udsp|ddtm?|ddpp|ddets|adpc) ?([0-9][0-9ab][0-9]?)\b")


def numbered(text: str) -> str:
    """Folded text with the department by its number, where it says whose a department's own body is."""
    if not _IS_OWN.search(text):
        return text
    text = _GLUED.sub(lambda found: f"{'departement' if found[1] == 'cd' else found[1]} {found[2]}", text)
    return _ANY.sub(lambda found: _NUMBERS[found[0]], text, count=1)
