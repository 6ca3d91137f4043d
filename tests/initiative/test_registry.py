"""What apps register for the whole site."""

from initiative import registry


def test_what_cannot_be_loaded_is_told_of_and_the_rest_is_loaded(monkeypatch, caplog):
    loaded = []

    def draw():
        raise OSError("no such font")

    monkeypatch.setattr(registry, "_loaders", [draw, lambda: loaded.append("styles")])
    registry.load_all()
    assert loaded == ["styles"]
    (told,) = caplog.records
    assert (told.levelname, told.exc_info[1].args) == ("ERROR", ("no such font",))
    assert "draw couldn't load what workers share." in told.getMessage()
