"""What is drawn from something that stays as it is: drawn once, and kept as long as that thing is; and what is drawn alike on
many pages."""

from django import template
from django.utils import translation
from django.utils.safestring import SafeString

register = template.Library()


def _parsed(parser, token, wanted: str) -> tuple[template.NodeList, list]:
    """What stands between a tag and its end, and what it names; TemplateSyntaxError where it names nothing of what is wanted."""
    tag, *asked = token.split_contents()
    if not asked:
        raise template.TemplateSyntaxError(f"{tag} needs {wanted}.")
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return nodelist, [parser.compile_filter(word) for word in asked]


class KeepNode(template.Node):
    """See `keep`."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, thing, others: list):
        self.nodelist, self.thing, self.others = nodelist, thing, others

    def render(self, context) -> SafeString:
        drawn = getattr(self.thing.resolve(context), "drawn", None)
        if drawn is None:
            return self.nodelist.render(context)
        # Lazy things, such as paths, are as good as their text.
        key = (self, translation.get_language(), *(str(other.resolve(context)) for other in self.others))
        if key not in drawn:
            drawn[key] = self.nodelist.render(context)
        return drawn[key]


@register.tag
def keep(parser, token):
    """`{% keep thing other … %} … {% endkeep %}`: draw what is between once for each language and state of the others (as text),
    and keep it in `thing.drawn`, a dictionary, so that it goes with the thing. A thing without that is drawn each time. Some
    things stay while they say the same, for as long as a process lives (`Known`, `same`).

    All that it is drawn from has to be in the thing or named: whatever else it looked at would stay as it was first.
    """
    nodelist, (thing, *others) = _parsed(parser, token, "the thing that stays as it is")
    return KeepNode(nodelist, thing, others)


class KeepAlikeNode(template.Node):
    """See `keep_alike`."""

    child_nodelists = ("nodelist",)
    MOST = 32
    ROOM = 1_000_000  # letters of all drawings and what they are made of: a map has a reader's words in each country

    def __init__(self, nodelist: template.NodeList, made_of: list):
        self.nodelist, self.made_of = nodelist, made_of
        self._drawn: dict[tuple[str, ...], SafeString] = {}
        self._taken = 0

    def render(self, context) -> SafeString:
        key = (translation.get_language(), *(str(part.resolve(context)) for part in self.made_of))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            size = len(drawn) + sum(map(len, key))
            if len(self._drawn) >= self.MOST or self._taken + size > self.ROOM:
                self._drawn, self._taken = {}, 0  # no order to keep up, so no lock: what is asked for comes again
            if size <= self.ROOM:
                self._drawn[key] = drawn
                self._taken += size
        return drawn


@register.tag
def keep_alike(parser, token):
    """`{% keep_alike part … %} … {% endkeep_alike %}`: draw what is between once for each language and all the parts that it is
    made of, as text, and keep the last few: for what many pages show alike and is slow to draw. Nothing has to be forgotten."""
    return KeepAlikeNode(*_parsed(parser, token, "what the drawing is made of"))
