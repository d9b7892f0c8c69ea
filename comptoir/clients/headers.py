"""Which column of a file is which of ours: by its name, as offices write it, unless a person says so. Pure."""

from collections.abc import Mapping, Sequence

from comptoir.base.text import folded

COLUMNS = ("id", "raison_sociale", "siret", "adresse", "code_postal", "ville", "telephone", "email", "contact")
NEEDED = ("id", "raison_sociale")
# Folded: without case, accents nor signs. A column of our own name wins over one that only means the same.
ALSO = {
    "id": "identifiant,id client,code client,code,n client,no client,numero client,no de client,numero de client,"
    "ref client,ref,reference",
    "raison_sociale": "nom,nom client,nom du client,client,societe,denomination,denomination sociale,entreprise,"
    "etablissement,organisme,structure,raison social",
    "siret": "no siret,n siret,numero siret,siret siren,no de siret",
    "adresse": "adresse 1,adresse postale,rue,voie,adresse ligne 1",
    "code_postal": "cp,code post,codepostal",
    "ville": "commune,localite",
    "telephone": "tel,telephone fixe,tel fixe,no de telephone,numero de telephone,phone",
    "email": "courriel,mail,e mail,adresse mail,adresse e mail,adresse email,adresse de courriel,adresse electronique",
    "contact": "interlocuteur,nom du contact,contact principal,interlocuteur principal,responsable,a l attention de",
}


def positions(headers: Sequence[str], chosen: Mapping[str, int] | None = None) -> dict[str, int]:
    """The place of each of our columns that is there. `chosen` by a person: those, and no other."""
    if chosen is not None:
        return {name: chosen[name] for name in COLUMNS if name in chosen and 0 <= chosen[name] < len(headers)}
    keys = [folded(header) for header in headers]
    found: dict[str, int] = {}
    for name in COLUMNS:
        own = name.replace("_", " ")
        for place, key in enumerate(keys):
            if key == own:
                found.setdefault(name, place)
    for name, words in ALSO.items():
        meant = [place for place, key in enumerate(keys) if key in words.split(",") and place not in found.values()]
        if meant:
            found.setdefault(name, meant[0])
    return {name: found[name] for name in COLUMNS if name in found}
