import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from initiative.blocks.media import ImageBlock, TableBlock, VideoBlock, youtube_id


@pytest.mark.parametrize(
    ("url", "film"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=42s", "dQw4w9WgXcQ"),
        ("http://m.youtube.com/watch?v=a-b_c1D2e3F", "a-b_c1D2e3F"),
        ("https://youtu.be/dQw4w9WgXcQ?t=42", "dQw4w9WgXcQ"),
        ("https://youtube.com/embed/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ/", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "dQw4w9WgXcQ"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://WWW.YouTube.com/watch?v=dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/watch?v=short", ""),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQtoolong", ""),
        ("https://www.youtube.com/watch?v=dQw4w9Wg/cQ", ""),
        ("https://www.youtube.com/watch", ""),
        ("https://www.youtube.com/@channel", ""),
        ("https://www.youtube.com/", ""),
        ("https://youtu.be/", ""),
        ("https://notyoutube.com/watch?v=dQw4w9WgXcQ", ""),
        ("https://youtube.com.example.org/watch?v=dQw4w9WgXcQ", ""),
        ("https://vimeo.com/12345678901", ""),
        ("https://www.youtube.com/watch?v=٠١٢٣٤٥٦٧٨٩٠", ""),
        ("dQw4w9WgXcQ", ""),
        ("", ""),
    ],
)
def test_youtube_id(url, film):
    assert youtube_id(url) == film


def test_a_table_must_have_something_in_it():
    block = TableBlock()
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean({"caption": "Stocks", "table": {"data": [["", None], ["", ""]], "table_header_choice": "row"}})
    assert refusal.value.block_errors["table"].messages == ["The table is empty."]
    table = {"data": [["Forest", ""]], "table_header_choice": "row"}
    assert block.clean({"caption": "Stocks", "table": table})["table"]["first_row_is_table_header"] is True


@pytest.mark.parametrize(("block", "value"), [(VideoBlock(), {"title": "", "url": "nonsense"}), (ImageBlock(), {})])
def test_what_is_asked_for_is_needed(block, value):
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))
