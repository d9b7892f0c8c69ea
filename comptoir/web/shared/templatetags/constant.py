"""The tags that say the same each time, said once: words, files and addresses named in the template itself.

A page has some thirty of them, and Django's own look each up again each time. They are named and written as Django's.
"""

from django import template
from django.conf import settings
from django.template.base import Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import do_translate
from django.templatetags.static import do_static
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from comptoir.web.shared.links import page

register = template.Library()


class Words(Node):
    """One sentence, kept in each language it was asked in."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The sentence in the language of this page."""
        language = get_language()
        if language not in self._said:
            self._said[language] = self._node.render(context)
        return self._said[language]


@register.tag("translate")
@register.tag("trans")
def words(parser: Parser, token: Token) -> Node:
    """`{% translate "…" %}`; with anything else said, Django's."""
    node: Node = do_translate(parser, token)
    return Words(node) if _is_literal(token) else node


class Own(Node):
    """In another language than the house's: ` lang="fr"`."""

    def render(self, _context: Context) -> str:
        """Nothing on a page in the house's own language."""
        return "" if get_language() == settings.LANGUAGE_CODE else f' lang="{settings.LANGUAGE_CODE}"'


@register.tag("own")
def own(_parser: Parser, _token: Token) -> Node:
    """Within a mark, `<h1{% own %}>`: what it holds the organisation wrote, in its own language (WCAG 2.2, 3.1.2)."""
    return Own()


@register.tag("static")
def file(parser: Parser, token: Token) -> Node:
    """`{% static "…" %}`: a file's address does not change while the server runs."""
    node: Node = do_static(parser, token)
    return TextNode(node.render(Context())) if _is_literal(token) else node


class Address(Node):
    """A page's address that takes nothing but the organisation it is in."""

    def __init__(self, node: URLNode, name: str) -> None:
        self._node, self._name = node, name

    def render(self, context: Context) -> str:
        """Written, or kept under the name given with `as`: then nothing is what an unknown page's address is."""
        into = self._node.asvar
        try:
            url = page(self._name)
        except NoReverseMatch:
            if into is None:
                raise
            url = ""
        if into:
            context[into] = url
            return ""
        return conditional_escape(url) if context.autoescape else url


@register.tag("url")
def address(parser: Parser, token: Token) -> Node:
    """`{% url "name" %}` and `{% url "name" as x %}`; with arguments, Django's."""
    node = django_url(parser, token)
    name = token.split_contents()[1]
    return node if node.args or node.kwargs or name[0] not in "\"'" else Address(node, name[1:-1])


def _is_literal(token: Token) -> bool:
    bits = token.split_contents()
    return len(bits) == 2 and bits[1][0] in "\"'" and bits[1][-1] == bits[1][0]
