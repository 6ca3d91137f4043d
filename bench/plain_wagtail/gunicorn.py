"""How gunicorn serves the plain site: as it serves ours, one worker of four threads, preloaded."""

import os

wsgi_app = "bench.plain_wagtail.wsgi:application"
bind = os.environ["BIND"]
workers = 1
worker_class = "gthread"
threads = 4
preload_app = True
loglevel = "warning"
