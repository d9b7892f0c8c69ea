"""What a kind of mail is: its name, the variables its words may use, and the product's own words in two languages."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise

from comptoir.base.speaking import ENGLISH, FRENCH

LANGUAGES = (FRENCH, ENGLISH)


class Layout(Enum):
    """How a value alone on its line is set in the HTML part; the text part is the same for all."""

    LINE = "line"
    LIST = "list"  # lines starting with a dash are items, the others their headings
    QUOTE = "quote"  # somebody's own words, line by line


@dataclass(frozen=True)
class Variable:
    """A value a mail may hold. `code`: its key in `context`, its name in English models; `french`: in French ones."""

    code: str
    french: str
    label: str | Promise
    sample: str
    layout: Layout = Layout.LINE

    def name(self, language: str) -> str:
        """What is written between braces in a model of that language."""
        return self.french if language == FRENCH else self.code


@dataclass(frozen=True)
class Words:
    """Subject and body, with {variables}. An empty line parts paragraphs; {bouton} on its own line is the button."""

    subject: str
    body: str


@dataclass(frozen=True)
class Kind:
    """One kind of mail. A secret one carries a single-use link, which nobody but its reader may see (E3)."""

    code: str
    label: str | Promise
    reader: str | Promise  # who receives it
    variables: tuple[Variable, ...]
    french: Words
    english: Words
    button: str | Promise  # what its button says in the preview
    needed: tuple[str, ...] = ()  # codes an edited model may not leave out
    is_secret: bool = False
    second: str | Promise = ""  # what its second button says, where the mail asks yes or no

    def words(self, language: str) -> Words:
        """The product's own words."""
        return self.french if language == FRENCH else self.english
