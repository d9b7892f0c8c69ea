"""What was typed wrong, gathered so that all is told at once, each with its field and its cure (E4)."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from django.db.models import Model
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.organisations.models import Staff

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
HIGHEST_PRICE = 100_000_000  # a million euros: beyond, a decimal point was forgotten
MOST_SEATS = 100_000


class Faults:
    """A list of refusals, raised together."""

    def __init__(self) -> None:
        self.found: list[Refusal] = []

    def add(self, field: str, sentence: str) -> None:
        """One more."""
        self.found.append(Invalid(sentence, field=field))

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        refuse_all(self.found)

    def lengths(self, model: type[Model], values: Mapping[str, object], *, prefix: str = "") -> None:
        """No text is longer than its column; `prefix` goes before the field's name."""
        for name, value in values.items():
            limit = getattr(model._meta.get_field(name), "max_length", None)
            if isinstance(value, str) and limit and len(value) > limit:
                self.add(
                    prefix + name,
                    _("C’est trop long : {n} caractères, {limit} au plus.").format(n=len(value), limit=limit),
                )

    def choice(self, field: str, value: str, choices: type) -> None:
        """The value is one of the list."""
        if value not in choices:  # type: ignore[operator]
            self.add(field, _("Choisissez dans la liste."))

    def day(self, field: str, value: date) -> None:
        """The year is plausible: 0026 and 20226 are slips."""
        if not EARLIEST <= value <= LATEST:
            self.add(field, _("Vérifiez l’année : {year}.").format(year=value.year))

    def price(self, field: str, cents: int) -> None:
        """An amount from 0 to a million euros."""
        if not 0 <= cents <= HIGHEST_PRICE:
            self.add(field, _("Indiquez un prix entre 0 et 1 000 000 €."))

    def capacity(self, field: str, seats: int | None) -> None:
        """One seat at least; no limit is said by an empty field."""
        if seats is not None and not 1 <= seats <= MOST_SEATS:
            self.add(field, _("Indiquez au moins 1 place, ou laissez vide s’il n’y a pas de limite."))

    def staff(self, field: str, staff_ids: set[int], *, organisation_id: int) -> None:
        """Every person works for the organisation."""
        known = Staff.objects.filter(organisation_id=organisation_id, pk__in=staff_ids).count()
        if known != len(staff_ids):
            self.add(field, _("Choisissez une personne de votre organisme."))

    def web_address(self, field: str, url: str) -> None:
        """http or https, with a host; nothing a browser would run."""
        try:
            parts = urlsplit(url)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            fine = False
        if not fine:
            self.add(
                field, _("L’adresse commence par https:// et désigne une page, par exemple https://visio.fr/salle.")
            )
