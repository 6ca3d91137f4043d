"""Fields of which a browser cuts nothing: by `maxlength` it would shorten what somebody pastes, and say nothing."""

from django import forms


class Uncut:
    """What a field is mixed with that tells of what is too long, as all else that is wrong, once it was sent."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class TextField(Uncut, forms.CharField):
    """Text as it is typed."""


class EmailField(Uncut, forms.EmailField):
    """An address as long as letters can be sent to, unless the form says otherwise."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 254} | kwargs)
