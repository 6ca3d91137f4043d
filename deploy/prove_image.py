"""The image of the Dockerfile, built and run where there is neither Docker nor a registry of images.

python -m deploy.prove_image                 as root on Debian 12; needs buildah and debootstrap, and takes minutes

The base is Debian made by debootstrap with its own Python, under the name that the Dockerfile asks for; every step of the
Dockerfile is run by buildah, with packages fetched beforehand. What comes out is started as compose.yaml does: as the image's own
user, on a root that can't be written, without capabilities. That the base from Docker's registry works, and Docker itself, isn't
shown.
"""

import argparse
import json
import os
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import yaml
from packaging.markers import Marker

from deploy.stack import ROOT, free_port

_BASE = "docker.io/library/python:3.11-slim-bookworm"
_PATIENCE = 90  # seconds until the site answers
_WORKER = 30  # seconds until the worker has begun
_PATHS = {"/healthz": 200, "/readyz": 200, "/en/": 200, "/ar/": 200, "/admin/login/": 200, "/static/never.css": 404}
_STEPS = (
    "migrate --no-input --tries 10 --verbosity 0",
    "load_starter_content --if-empty --verbosity 0",
    "write_front_pages",
    "check_ready",
    "createsuperuser --no-input --username operations --email operations@example.org",
    "backup /data/backups",
)


def run(*command: str, **options) -> str:
    """What a program says. Raises CalledProcessError, having shown what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        sys.stderr.write(f"{done.stdout[-3000:]}{done.stderr[-3000:]}\n")
        done.check_returncode()
    return done.stdout


class Builder:
    """buildah with all that it keeps in one folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._storage = ["--root", str(folder / "storage"), "--runroot", str(folder / "run"), "--storage-driver", "vfs"]

    def __call__(self, action: str, *arguments: str) -> str:
        return run("buildah", *self._storage, action, *arguments, cwd=ROOT).strip()

    def base(self, debian: Path) -> None:
        """Debian as an image, under the name of the Dockerfile's base. Packages come from /wheels alone."""
        if not (debian / "usr/bin/python3").exists():
            run(
                "debootstrap",
                "--variant=minbase",
                "--include=python3,python3-venv,ca-certificates",
                "bookworm",
                str(debian),
            )
        (debian / "usr/bin/python").unlink(missing_ok=True)
        (debian / "usr/bin/python").symlink_to("python3")
        (debian / "etc/pip.conf").write_text("[global]\nno-index = true\nfind-links = /wheels\n")
        container = self("from", "scratch")
        self("add", "--quiet", container, str(debian), "/")
        self("commit", "--quiet", "--rm", container, _BASE)

    def image(self, wheels: Path) -> Path:
        """Every step of the Dockerfile, run; the root of what came out."""
        self(
            "build",
            "--isolation",
            "chroot",
            "--pull-never",
            "--volume",
            f"{wheels}:/wheels:ro",
            "--tag",
            "initiative",
            ".",
        )
        self.config = json.loads(self("inspect", "--type", "image", "initiative"))["OCIv1"]["config"]
        return Path(self("mount", self("from", "--pull-never", "initiative")))


class Container:
    """The image's root as compose.yaml runs it: read-only but for /data and /tmp, as the image's user, without capabilities."""

    def __init__(self, root: Path, data: Path, config: dict):
        self.root, self.data, self.config = root, data, config
        user = config["User"]
        account = next(line for line in (root / "etc/passwd").read_text().splitlines() if line.startswith(f"{user}:"))
        self.uid = account.split(":")[2]
        data.mkdir(exist_ok=True)
        os.chown(data, int(self.uid), int(self.uid))

    def command(self, script: str, **environment: str) -> list[str]:
        said = [*self.config["Env"], *(f"{name}={value}" for name, value in environment.items())]
        inside = (
            'mount --bind "$1" "$1" && mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" && '
            'mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm" && '
            'mount -t tmpfs tmpfs "$1/tmp" && mount --bind "$2" "$1/data" && mount -o remount,ro,bind "$1" && '
            'shift 2 && exec "$@"'
        )
        own = ["chroot", str(self.root), "/usr/bin/setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups",
               "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "env", "-i", *said,
               "sh", "-c", f"cd {self.config['WorkingDir']} && {script}"]  # fmt: skip
        return [
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            inside,
            "sh",
            str(self.root),
            str(self.data),
            *own,
        ]


def pinned_for(requirements: str, python: str) -> str:
    """Pinned requirements as that version of Python takes them: pip asks its own where a line is for some versions only."""

    def choose(line: re.Match) -> str:
        wanted = Marker(line["marker"]).evaluate({"python_full_version": python})
        return f"{line['pin']} {line['hashes']}" if wanted else ""

    return re.sub(
        r"^(?P<pin>\S+==\S+) ; (?P<marker>[^\\\n]+)(?P<hashes>(?:\\\n[^\n\\]+)+)",
        choose,
        requirements,
        flags=re.MULTILINE,
    )


def answer(port: int, path: str) -> tuple[int, bytes]:
    """Status and content; 0 where nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        found = connection.getresponse()
        return found.status, found.read()
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


def tried(container: Container) -> dict[str, tuple[object, bool]]:
    """What the image does: what was looked at → what was found, and whether that is right."""
    port = free_port()
    own = {"SITE_URL": f"http://localhost:{port}", "BIND": f"127.0.0.1:{port}", "STAFF_SECOND_FACTOR": "0"}
    own["DJANGO_SUPERUSER_PASSWORD"] = secrets.token_urlsafe()
    found: dict[str, tuple[object, bool]] = {}
    for step in _STEPS:
        begun = time.monotonic()
        run(*container.command(f"python manage.py {step}", **own))
        found[f"manage.py {step.partition(' ')[0]} (s)"] = (round(time.monotonic() - begun), True)
    who = run(
        *container.command(
            "id -u; touch /site/x /packages/x /etc/x /home/site/x 2>&1 | grep -c 'Read-only'; touch /data/x /tmp/x && echo yes"
        )
    ).split()
    found["user, folders refused, data and temporary files taken"] = (" ".join(who), who == [container.uid, "4", "yes"])
    found["pg_dump"] = (run(*container.command("pg_dump --version")).strip(), True)
    found["the worker, looked at as by compose.yaml"] = _worker(container, own)
    command = " ".join(container.config["Cmd"])
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(container.command(f"exec {command}", **own), stdout=log, stderr=log)
        try:
            until = time.monotonic() + _PATIENCE
            while answer(port, "/healthz")[0] != 200 and time.monotonic() < until and server.poll() is None:
                time.sleep(0.2)
            for path, wanted in _PATHS.items():
                status, content = answer(port, path)
                found[f"{command}: {path}"] = (f"{status}, {len(content)} bytes", status == wanted)
            asked = " ".join(map(shlex.quote, _health_check())).replace(":8000", f":{port}")
            done = subprocess.run(container.command(asked), capture_output=True, check=False)
            found["HEALTHCHECK"] = (done.returncode, done.returncode == 0)
        finally:
            # unshare lets no signal through, and ends with its child, which is gunicorn.
            for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
                os.kill(int(child), signal.SIGTERM)
            server.wait()
        log.seek(0)
        if not all(right for _figure, right in found.values()):
            sys.stderr.write(log.read().decode()[-3000:])
    return found


def _worker(container: Container, environment: dict[str, str]) -> tuple[object, bool]:
    """What its health check says before it starts, and once it is at work."""
    worker = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["worker"]
    [_shell, check] = worker["healthcheck"]["test"]
    check, command = check.replace("$$", "$"), shlex.join(worker["command"])
    script = f"{check}; before=$?; {command} & sleep {_WORKER}; {check}; echo $before $?; kill $!"
    said = run(*container.command(script, **environment)).split()[-2:]
    return " ".join(said), said == ["1", "0"]


def _health_check() -> list[str]:
    """The Dockerfile's: images of the open format have no place for it."""
    text = (ROOT / "Dockerfile").read_text()
    return json.loads(text[text.index("CMD [", text.index("HEALTHCHECK")) :].partition("\n")[0].removeprefix("CMD "))


def main() -> int:
    """Print what was found; 1 where something isn't as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", help="keep the base and the packages here for another time")
    wanted = parser.parse_args()
    missing = [name for name in ("buildah", "debootstrap", "unshare") if not shutil.which(name)]
    if missing or os.getuid():
        sys.stderr.write(
            f"Needs root on Debian, and {', '.join(missing) or 'nothing else'} (apt install buildah debootstrap).\n"
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="image-") as scratch:
        kept = Path(wanted.folder or scratch).absolute()
        wheels = kept / "wheels"
        builder = Builder(Path(scratch))
        builder.base(kept / "debian")
        if not wheels.exists():
            version = run(
                "chroot", str(kept / "debian"), "python3", "-c", "import platform; print(platform.python_version())"
            )
            pins = Path(scratch, "pins.txt")
            pins.write_text(pinned_for((ROOT / "requirements.txt").read_text(), version.strip()))
            run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--dest", str(wheels),
                "--requirement", str(pins))  # fmt: skip
        root = builder.image(wheels)
        found = tried(Container(root, Path(scratch) / "data", builder.config))
        builder("umount", "--all")
    width = max(map(len, found))
    for what, (figure, right) in found.items():
        print(f"  {what:{width}}  {figure}{'' if right else '  WRONG'}")
    return 0 if all(right for _figure, right in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
