"""In which language something is said to whoever reads it, when that is not who asks for it now."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.utils.translation import get_language, override

FRENCH, ENGLISH = "fr", "en"
_OFFERED = frozenset(code for code, _name in settings.LANGUAGES)


def spoken() -> str:
    """The language spoken now: that of the page being answered, French in rounds and on the command line."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in _OFFERED else settings.LANGUAGE_CODE


def speaking(language: str) -> override:
    """Within it, sentences, days and amounts are in that language, and mails written in it are too."""
    return override(language)


def house() -> override:
    """Within it, the language of the organisation's own people: what is kept, and what is told to them."""
    return override(settings.LANGUAGE_CODE)


def in_house[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """The function, speaking that language, whoever calls it."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with house():
            return function(*args, **kwargs)

    return inner
