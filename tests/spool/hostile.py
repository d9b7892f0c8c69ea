"""T08: what somebody may drop into `Résa`, each with the words its refusal must hold."""

import gzip
import os
import socket
import stat

from tests.spool.made import OTHER_KEY, file_of, name_of

GOOD = file_of("PR-HOSTILE")
TEXT = GOOD.decode()
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4


def swap(old, new):
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


CONTENTS = {
    "empty": (b"", "vide"),
    "blank": (b" \n\n ", "vide"),
    "cut in half": (GOOD[: len(GOOD) // 2], "coupé"),
    "cut in a character": (GOOD[: TEXT.encode().index("é".encode()) + 1], "coupé"),
    "cut at the last brace": (GOOD.rstrip()[:-1], "coupé"),
    "cut after a nested brace": (GOOD[: GOOD.index(b"}") + 1], "coupé"),
    "one byte too big": (GOOD.ljust(1024 * 1024 + 1), "trop gros"),
    "utf-16 with a mark": (TEXT.encode("utf-16"), "UTF-16"),
    "utf-16 big end": (TEXT.encode("utf-16-be"), "UTF-16"),
    "utf-8 with a mark": (b"\xef\xbb\xbf" + GOOD, "BOM"),
    "latin-1": (TEXT.encode("cp1252"), "Latin-1"),
    "picture": (PNG, "binaire"),
    "gzip": (gzip.compress(GOOD, mtime=0), "binaire"),
    "high binary": (bytes(range(1, 256)) * 3, "binaire"),
    "zeros": (bytes(4096), "UTF-16"),
    "same key twice": (swap('"reference"', '"signed_in": true, "reference"'), "« signed_in » figure deux fois"),
    "same key twice below": (swap('"city"', '"siret": "", "city"'), "« siret » figure deux fois"),
    "same key twice, escaped": (swap('"city"', '"\\u0063ity": "", "city"'), "« city » figure deux fois"),
    "same key twice, decomposed": (swap('"city"', '"\u00e9": 1, "e\u0301": 2, "city"'), "deux fois"),
    "100,000 lists": (b"[" * 100_000, "niveaux"),
    "100,000 objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "niveaux"),
    "33 levels": (swap("false", "[" * 32 + "]" * 32), "niveaux"),
    "not a number": (swap("12000", "NaN"), "« NaN »"),
    "infinity": (swap("12000", "-Infinity"), "« -Infinity »"),
    "decimal": (swap("12000", "120.00"), "« 120.00 »"),
    "exponent": (swap("12000", "1e400"), "« 1e400 »"),
    "endless number": (swap("12000", "1" * 5000), "démesuré"),
    "a list": (b"[" + GOOD + b"]", "un objet"),
    "a text": (b'"PR-1"', "un objet"),
    "no format": (swap('"format"', '"formats"'), "ne dit pas son format"),
    "next version": (swap("registration/1", "registration/2"), "registration/2"),
    "format as a list": (swap('"comptoir.pre-registration/1"', "[]"), "« [] »"),
    "no reference": (swap('"reference"', '"ref"'), "« reference »"),
    "empty reference": (swap('"PR-HOSTILE"', '""'), "« reference »"),
    "two requests": (GOOD + GOOD, "autre chose après"),
    "trailing comma": (swap("false", "false,"), "ligne"),
    "a log of something else": (b"2026-11-22 13:03:10 INFO started\n", "JSON"),
    "a line break in a text": (swap("Zo\u00e9", "Zo\n"), "JSON"),
    "half a character": (swap("Zo\u00e9", "Zo\\ud800"), "caractère interdit"),
    "a nul escaped": (swap("Zo\u00e9", "Zo\\u0000"), "caractère interdit"),
    "unsealed": (swap('"seal"', '"sceau"'), "sceau"),
    "sealed by another": (file_of("PR-HOSTILE", OTHER_KEY), "autre organisme"),
    "edited": (swap("12000", "1"), "modifié"),
    "seal of another type": (swap('"seal": "', '"seal": 1, "x": "'), "modifié"),
}
NAMES = {
    b"line\nbreak.log": "nom",
    b"\xe9t\xe9.log": "nom",
    "\u202egol.x.log".encode(): "nom",
    b"..\\..\\x.log": "nom",
    b".hidden.log": "nom",
    b"x" * 201 + b".log": "nom",
    b"notes.txt": ".log",
}


def lay(root, outside):
    """Drop them all; name (bytes) → words expected. `outside` must stay as it is."""
    expected = {}
    for number, (content, words) in enumerate(CONTENTS.values()):
        name = name_of(f"BAD-{number}").encode()
        put(root, name, content)
        expected[name] = words
    for name, words in NAMES.items():
        put(root, name, GOOD)
        expected[name] = words
    return expected | lay_things(root, outside)


def lay_things(root, outside):
    outside.write_bytes(GOOD)
    with (root / "big.log").open("wb") as big:
        big.truncate(200 * 1024 * 1024)
    (root / "link.log").symlink_to(outside)
    (root / "dangling.log").symlink_to(root / "nothing")
    os.mkfifo(root / "tube.log")
    (root / "folder.log").mkdir()
    (root / "folder.log" / "inside.log").write_bytes(GOOD)
    put(root, b"closed.log", GOOD)
    (root / "closed.log").chmod(0)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "socket.log"))
    expected = {
        b"big.log": "trop gros", b"link.log": "lien", b"dangling.log": "lien", b"tube.log": "tube",
        b"folder.log": "dossier", b"closed.log": "pas le droit de lire", b"socket.log": "socket",
    }  # fmt: skip
    if os.geteuid() == 0:
        os.mknod(root / "device.log", stat.S_IFCHR | 0o600, os.makedev(1, 5))
        expected[b"device.log"] = "périphérique"
    return expected


def put(root, name, content):
    (root / os.fsdecode(name)).write_bytes(content)
