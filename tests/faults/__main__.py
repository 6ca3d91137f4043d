"""What a crash or a crowd does to applications, on a real server: see docs/partners.md.

python -m tests.faults                     SQLite, in a folder that goes afterwards
.ci/with-postgresql python -m tests.faults PostgreSQL
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run both trials and print a table; 1 where something was lost or doubled."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        from tests.faults.mail import MailServer
        from tests.faults.server import Server, free_port

        mail, port = MailServer(), free_port()
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "initiative.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "SITE_URL": f"http://localhost:{port}",
            "LOG_LEVEL": "CRITICAL",
            "BEHIND_PROXY": "1",  # each applicant says where it writes from: one place may begin ten an hour
        }
        import django

        django.setup()
        from tests.faults.trials import at_once, killed, prepare

        with mail:
            prepare()
            server = Server(port, Path(folder))
            with server:
                crowd = at_once(server, mail, arguments.crowd)
            with server:

                def strike(_turn: int) -> str:
                    server.kill()
                    server.start()
                    return "all of gunicorn"

                crash = killed(server, mail, arguments.submissions, arguments.kills, arguments.seed, strike)
    sys.stdout.write("\n".join([*crowd.lines, "", *crash.lines, ""]))
    return 1 if crowd.wrong or crash.wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--crowd", type=int, default=50, help="identical submissions at once (50)")
    parser.add_argument("--submissions", type=int, default=200, help="submissions while the server is killed (200)")
    parser.add_argument("--kills", type=int, default=5, help="how often it is killed meanwhile (5)")
    parser.add_argument("--seed", type=int, default=4, help="of the moments at which it is killed (4)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
