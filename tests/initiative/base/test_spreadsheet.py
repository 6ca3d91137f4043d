import pytest

from initiative.base.spreadsheet import csv_line, harmless, restored


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n", "'\n"),
        ("  =1+1", "'  =1+1"),
        ("＝1", "'＝1"),
        ("Roots = shoots - water", "Roots = shoots - water"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("2022", "2022"),
        ("", ""),
        (None, ""),
        (2022, "2022"),
    ],
)
def test_no_cell_is_taken_for_a_formula(written, safe):
    assert harmless(written) == safe
    assert restored(safe) == ("" if written is None else str(written))


def test_a_line_is_harmless_and_ends():
    assert csv_line(["=1", 'a "b", c', None, 7]) == '\'=1,"a ""b"", c",,7\r\n'
