"""Wagtail's choosers without their inline scripts."""

import json
import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

# What `render_js_init` gives: one call, of a function or a constructor, whose arguments are JSON.
_CALL = re.compile(r"(?:new )?(?P<name>\w+)\((?P<arguments>.*)\);?", re.DOTALL)


def starter(script: str) -> SafeString:
    """What has `static/admin.js` make the call that `script` is. Raises ValueError where it is anything else."""
    call = _CALL.fullmatch(script.strip())
    try:
        arguments = json.dumps(json.loads(f"[{call['arguments']}]")) if call else ""
    except json.JSONDecodeError:
        arguments = ""
    if not arguments:
        raise ValueError(f"Not one call: {script}")
    return format_html(
        '<template data-controller="start" data-start-call-value="{}" data-start-with-value="{}"></template>',
        call["name"],
        arguments,
    )


def render(self, name, value, attrs=None, renderer=None):
    """As Wagtail's, but for the script. Raises TypeError without an id."""
    if not (attrs and attrs.get("id")):
        raise TypeError("A chooser cannot be rendered without an 'id' attribute")
    value_data = self.get_value_data(value)
    html = self.render_html(name, value_data, attrs)
    # Before what it brings to life: a menu in there, which comes later, takes its buttons out of the page.
    return starter(self.render_js_init(attrs["id"], name, value_data)) + html


def replace():
    """Every chooser derives from Wagtail's own and is made deep inside its forms: there is no setting for it."""
    BaseChooser.render = render
