"""What the proof of the image fetches beforehand; `python -m deploy.prove_image` is the proof."""

from deploy.prove_image import pinned_for

PINS = """\
soup==2.10 ; python_full_version < '3.11.5' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via x
soup==4.1 ; python_full_version >= '3.11.5' \\
    --hash=sha256:cc
plain==1 \\
    --hash=sha256:dd
"""


def test_a_line_for_some_versions_of_python_is_taken_by_the_version_of_the_base():
    old, new = pinned_for(PINS, "3.11.2"), pinned_for(PINS, "3.11.7")
    assert [line.split()[0] for line in old.splitlines() if "==" in line] == ["soup==2.10", "plain==1"]
    assert [line.split()[0] for line in new.splitlines() if "==" in line] == ["soup==4.1", "plain==1"]
    assert "--hash=sha256:bb" in old
    assert "--hash=sha256:bb" not in new
