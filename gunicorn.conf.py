"""How gunicorn serves the site; read by `make run`, by the container, and by `gunicorn` started in this folder."""

import ctypes
import gc
import os
import random
import signal
import sys
import time
from pathlib import Path

chdir = str(Path(__file__).resolve().parent)
wsgi_app = "initiative.wsgi:application"
# BIND holds one or more addresses, separated by commas. Only this machine is answered unless it says otherwise.
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}").split(",")

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loaded once, before the workers part: they start at once and share memory.
# Not on macOS, which kills processes that fork after loading its frameworks.
preload_app = sys.platform != "darwin"
# A worker is renewed now and then, so that a leak never grows; the jitter keeps them from going together. Not too often: most
# answers are kept pages, which a worker gives by the thousand a second, and it starts without any.
max_requests = 50_000
max_requests_jitter = 10_000
# Nor does what busy hours leave between its objects: a worker that holds more MiB than this (PSS; 0: whatever it holds) is
# renewed, too, once it is so many seconds old, or up to twice as many.
MOST_MEMORY = int(os.environ.get("WORKER_MEGABYTES", "100"))
RENEWABLE_FROM = 600
timeout = 60
graceful_timeout = 20
keepalive = 5
# As long as nginx takes: a search of five hundred letters in any script has room.
limit_request_line = 8190
# Workers show they live by touching a file: not on a disk that may stall.
MEMORY = "/dev/shm"  # noqa: S108  (gunicorn makes its own unguessable files there)
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None

# The threads of a worker share one heap: several would each keep what their largest answer took. What is large lies outside it
# and goes back to the system when it is freed; glibc would from then on put the next one into the heap.
_LIBC = ctypes.CDLL(None)
_MALLOC_TRIM = getattr(_LIBC, "malloc_trim", None)
TRIMMED_EVERY = 60  # seconds
if mallopt := getattr(_LIBC, "mallopt", None):  # glibc's
    M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_MMAP_THRESHOLD, 128 * 1024)

# So many objects are looked through once an answer is sent, which takes a millisecond. It would be four in the midst of every
# fifteenth page. What has come through so many times is looked through again.
GARBAGE, SURVIVED = 2_000, 10

control_socket_disable = True
# No header moves an application to another path or address: gunicorn would let a proxy on this machine pass such on.
forwarder_headers = ""
# Whoever has the address of an application may change it: no log holds it. Answers are logged by the application (LOG_REQUESTS).
logger_class = "initiative.base.logs.ServerLog"
accesslog = None
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")

# Ctrl-C while the site is still loading ends quietly; once it answers, gunicorn listens for itself.
signal.signal(signal.SIGINT, lambda *_: os._exit(130))


def when_ready(server):
    """Load what all workers need; then say what `manage.py serve` wants said once the site answers."""
    if preload_app:
        from initiative.preload import preload

        preload()
    if announcement := os.environ.get("ANNOUNCEMENT"):
        print(announcement, flush=True)


def post_request(worker, req, environ, resp):
    """Collect the garbage that answers leave, once the reader has theirs; and now and then, give the system back what the heap
    keeps free between what is used, and see whether that was enough."""
    young, older, oldest = gc.get_count()
    if young >= GARBAGE:
        gc.collect(2 if oldest >= SURVIVED else 1 if older >= SURVIVED else 0)
    now = time.monotonic()
    if now - worker.trimmed_at >= TRIMMED_EVERY:
        worker.trimmed_at = now
        if _MALLOC_TRIM:
            _MALLOC_TRIM(0)
        if MOST_MEMORY and now >= worker.renewable_from and (held := _held()) > MOST_MEMORY and worker.alive:
            worker.log.info("Renewed, since it holds %.0f MiB.", held)
            worker.alive = False  # as gunicorn says it itself where there were enough requests


def _held() -> float:
    """MiB that this process has, what is shared divided by those who share it; 0 where the system doesn't say."""
    try:
        rollup = Path("/proc/self/smaps_rollup").read_bytes()
    except OSError:
        return 0
    return next(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith(b"Pss:"))


def post_fork(server, worker):
    """A new worker has nothing to give back yet, and what it shares with the others stays shared."""
    worker.trimmed_at = time.monotonic()
    worker.renewable_from = worker.trimmed_at + RENEWABLE_FROM * random.uniform(1, 2)  # noqa: S311  (so that few go together)


def pre_fork(server, worker):
    """A database connection made while loading must not be shared by two processes."""
    from django.db import connections

    connections.close_all()
