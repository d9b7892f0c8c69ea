"""Whether a form was on a page of ours: for forms on pages that anybody may keep, which hold no token."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid

SAME_SITE = frozenset({"same-origin", "none"})


class FromElsewhere(Invalid):
    """Another site's page sent this."""

    code = "from-elsewhere"
    kind = "forbidden"


def check_same_site(request: HttpRequest) -> None:
    """What browsers say of themselves stands for the token.

    Sec-Fetch-Site since 2023 in every browser, Origin before. A program without either is no browser, and has
    no cookie of somebody else's to misuse.  Refuses: FromElsewhere.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    ours = f"{request.scheme}://{request.get_host()}"
    if (site and site not in SAME_SITE) or (not site and origin and origin != ours):
        raise FromElsewhere(
            _("Cette demande vient d’un autre site\u00a0: ouvrez la page de la formation, puis recommencez.")
        )
