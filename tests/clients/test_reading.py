"""A file as it comes: encodings, separators, headers, lines cut short, quotes left open."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.clients import reading
from comptoir.clients.importable import likely_kind, person, row_of
from comptoir.clients.reading import Unreadable

HEADER = "id;raison_sociale;siret;adresse;code_postal;ville;telephone;email;contact\n"


def lines(text, encoding="utf-8"):
    source = BytesIO(text.encode(encoding) if isinstance(text, str) else text)
    return list(reading.lines(source, reading.read(source)))


def said(text):
    return [(one.number, one.refusal.sentence if one.refusal else one.row.texts["legal_name"]) for one in lines(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators(encoding, separator):
    text = separator.join(("id", "raison_sociale", "ville")) + "\r\n" + separator.join(("1", "Hôtel Zoé", "Sète"))
    source = BytesIO(text.encode(encoding))
    found = reading.read(source)
    assert found.said()["encoding"] == ("UTF-8" if encoding.startswith("utf") else "Latin-1 (Windows-1252)")
    assert found.delimiter == separator
    assert next(reading.lines(source, found)).row.texts["city"] == "Sète"
    assert not source.closed


def test_headers_in_any_order_and_case_and_others_named():
    source = BytesIO("Ville;Commentaire;Raison Sociale;ID;;ville\nSète;x;Ateliers;7;;Nice\n".encode())
    found = reading.read(source)
    assert found.ignored == ["Commentaire", "ville"]
    row = next(reading.lines(source, found)).row
    assert (row.imported_id, row.texts["legal_name"], row.texts["city"]) == ("7", "Ateliers", "Sète")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"), (b"  \n ", "vide"), (b"PK\x03\x04xl/workbook", "classeur"),
        ("id;raison_sociale".encode("utf-16"), "UTF-8"), (b"id;raison\0_sociale", "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d", "Latin-1"),
        (b"id;raison_sociale\n1;Zo" + b"\xe9" + ";é".encode(), "deux encodages"),
        (b"gens;ville\nA;B\n", "Il manque la colonne id, raison_sociale. Colonnes attendues en premi"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien classeur .xls"),
        (b"id\n1\n", "Il manque la colonne raison_sociale."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_clients_is_refused_with_the_cure(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        reading.read(BytesIO(content))


def test_each_line_is_judged_by_itself():
    assert said("id,raison_sociale,ville\n1,Un,\n\n,Sans,\n2,,\n3,Deux,Sète,de trop\n4\n1,Encore,\n5,Trois,,,\n") == [
        (2, "Un"),
        (4, "L’identifiant est vide\u00a0: sans lui, un second import créerait ce client une seconde fois."),
        (5, "La raison sociale est vide."),
        (6, "Cette ligne a 4 cases\u202f; il en faut 3."),
        (7, "Cette ligne a 1 case\u202f; il en faut 3."),
        (8, "L’identifiant de cette ligne est déjà celui de la ligne 2."),
        (9, "Trois"),
    ]


def test_a_cell_on_several_lines_keeps_the_count():
    text = 'id,raison_sociale,adresse\n1,Un,"3 rue du Lac\nBâtiment B"\n2,Deux,\n'
    found = lines(text)
    assert [one.number for one in found] == [2, 4]
    assert found[0].row.texts["address"] == "3 rue du Lac Bâtiment B"


def test_a_quote_left_open_is_told_with_what_it_swallowed():
    text = 'id,raison_sociale\n1,Un\n2,"Deux\n' + "".join(f"{number},N\n" for number in range(3, 60))
    assert said(text) == [
        (2, "Un"),
        (3, "Un guillemet ouvert ici n’est pas refermé\u00a0: rien n’est lu jusqu’à la ligne 60."),
    ]
    huge = lines('id,raison_sociale\n1,"' + "x" * 200_000 + "\n")
    assert [one.refusal is not None for one in huge] == [True] * len(huge)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content):
    source = BytesIO(HEADER.encode() + content)
    try:
        found = reading.read(source)
    except Unreadable:
        return
    for line in reading.lines(source, found):
        assert (line.row is None) != (line.refusal is None)


def cells(**values):
    return {"id": "1", "raison_sociale": "Ateliers du Lac", **values}


def test_what_cannot_be_taken_is_left_out_and_said():
    row = row_of(cells(siret="7328293200007", email="pas une adresse", telephone="0" * 31))
    assert row.remarks == [
        "Ce SIRET a 13 chiffres\u202f; il en faut 14.",
        "L’adresse de courriel n’a pas la forme nom@domaine.fr\u00a0: elle n’est pas reprise.",
        "Le numéro de téléphone est trop long\u00a0: il n’est pas repris.",
    ]
    assert (row.texts["siret"], row.doubtful_siret, row.texts["email"], row.texts["phone"]) == (
        "", "7328293200007", "", "",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "NC", "en cours", "0", "00000000000000"])
def test_no_siret_is_no_remark(text):
    row = row_of(cells(siret=text))
    assert (row.texts["siret"], row.doubtful_siret, row.remarks) == ("", "", [])


def test_a_text_too_long_names_its_column():
    with pytest.raises(reading.Refusal) as refused:
        row_of(cells(adresse="x" * 251))
    assert refused.value.sentence == "Colonne adresse\u00a0: Ce texte a 251 caractères\u202f; 250 au plus."
    with pytest.raises(reading.Refusal, match="plus de 60"):
        row_of(cells(id="x" * 61))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Mme Béatrice Guérin", ("Béatrice", "Guérin")), ("DANIEL Nicole", ("Nicole", "DANIEL")), ("", ("", "")),
     ("M. Durand", ("", "Durand")), ("Hugues Le Hoarau", ("Hugues", "Le Hoarau")),
     ("A. Guillaume", ("A.", "Guillaume")),
     ("LE GOFF Anne-Marie", ("Anne-Marie", "LE GOFF")), ("JEAN PETIT", ("JEAN", "PETIT")), ("Mme", ("", "Mme"))],
)  # fmt: skip
def test_people_as_files_name_them(text, name):
    assert person(text) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Mairie de Toulon", "public"), ("Lycée Jean Moulin", "public"), ("Amicale des pompiers", "association"),
     ("Ateliers du Lac SARL", "firm")],
)  # fmt: skip
def test_a_name_says_what_its_bearer_is(name, kind):
    assert likely_kind(name) == kind
