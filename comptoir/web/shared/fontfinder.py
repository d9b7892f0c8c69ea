"""Shows the web fonts to Django's static files; they are made once, in the data folder, from the packages' own."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from comptoir.web.shared.fonts import woff

FACES = {
    "sans-400": ("font_source_sans_pro", "SourceSansPro-Regular"),
    "sans-600": ("font_source_sans_pro", "SourceSansPro-Semibold"),
    "serif-600": ("font_source_serif_pro", "SourceSerifPro-Semibold"),
}
MADE = "2"  # to raise when fonts.py makes them otherwise


class FontFinder(BaseFinder):
    """`fonts/<face>.woff` for each of FACES."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.folder = Path(settings.DATA_DIR) / "cache" / f"fonts-{MADE}"
        self.storage = FileSystemStorage(location=self.folder)

    def check(self, **_: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """The file behind one address."""
        found = [str(self.folder / path)] if path in _paths(self.folder) else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Iterable[str] | None = None) -> Iterable[Any]:  # noqa: ARG002 these are never ignored
        """Every face, made if it is not there yet."""
        return [(path, self.storage) for path in _paths(self.folder)]


def _paths(folder: Path) -> list[str]:
    for face, source in FACES.items():
        _make(folder / "fonts" / f"{face}.woff", *source)
    return [f"fonts/{face}.woff" for face in FACES]


def _make(target: Path, package: str, name: str) -> None:
    """Whole or not at all: two processes may start together."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(woff(package, name))
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)
