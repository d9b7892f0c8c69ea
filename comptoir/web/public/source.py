"""How much one source may ask (T65, T78): no puzzle, only patience."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.preregistrations.commands.patience import one_more
from comptoir.web.shared.sources import source_of

# A class of thirty behind one address, each starting over twice, stays well within these.
MOST_AN_HOUR = {"basket": 300, "confirmation": 90, "enquiry": 60}


class TooMany(Refusal):
    """One source asked more than people do."""

    code = "too-many"
    kind = "unavailable"


def count(what: str, request: HttpRequest, *, at: datetime) -> None:
    """One more of these from this source within the hour. Refuses: TooMany."""
    if one_more(f"{what}:{_blurred(source_of(request))}", at=at) > MOST_AN_HOUR[what]:
        raise TooMany(
            _("Beaucoup de demandes viennent de votre connexion : attendez quelques minutes, puis envoyez de nouveau.")
        )


def _blurred(source: str) -> str:
    """Enough to count by, and no address kept."""
    return salted_hmac("counter.source", source, algorithm="sha256").hexdigest()[:24]
