"""What Mozilla's HTTP Observatory says of the site as in production, behind nginx with TLS: see docs/operations.md.

python -m tests.faults.observatory var/tools/observatory-1.4.8

Its own program asks ports 80 and 443 of a public name; `observatory.mjs` asks its library about these ports, with its own tests
and its own marks.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.stack import Stack, StackError, free_port

LEAST = 130
_SCRIPT = Path(__file__).with_name("observatory.mjs")
# For nginx's `extra`: TLS beside the plain port, which leads there, but for the question whether it is up.
_TLS = """
listen 127.0.0.1:{port} ssl;
ssl_certificate {folder}/certificate.pem;
ssl_certificate_key {folder}/key.pem;
set $asked "$scheme$uri";
if ($asked ~ "^http/(?!healthz$)") {{ return 301 https://localhost:{port}$request_uri; }}
"""


def certify(folder: Path) -> None:
    """A certificate for this machine that nobody else trusts, good for a day."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "certificate.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def asked(library: Path, stack: Stack, port: int, folder: Path) -> dict:
    """What the library says: `{"score": 130, "grade": "A+", "tests": {name: [mark, result]}}`. Raises CalledProcessError."""
    done = subprocess.run(
        ["node", str(_SCRIPT), str(library.absolute()), "localhost", str(stack.port), str(port)],
        env={**stack.environment, "NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def main() -> int:
    """Start, ask, print a table; 1 where the score is less than promised or nothing can be started."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("library", type=Path, help="where npm has installed @mdn/mdn-http-observatory")
    library, port = parser.parse_args().library, free_port()
    with tempfile.TemporaryDirectory(prefix="observatory-") as own:
        folder = Path(own)
        folder.chmod(0o755)
        certify(folder)
        (folder / "nginx" / "extra").mkdir(parents=True)
        (folder / "nginx" / "extra" / "tls.conf").write_text(_TLS.format(port=port, folder=folder))
        try:
            with Stack(folder, SITE_URL=f"https://localhost:{port}") as stack:
                told = asked(library, stack, port, folder)
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    for name, (mark, result) in told["tests"].items():
        sys.stdout.write(f"  {name:30} {mark:+4}  {result}\n")
    right = told["score"] >= LEAST
    sys.stdout.write(f"  {'in all':30} {told['score']:4}  {told['grade']}{'' if right else '  WRONG'}\n")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
