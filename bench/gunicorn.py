"""How gunicorn serves what the site is measured beside: as it serves the site, one worker of four threads, preloaded."""

import os

wsgi_app = os.environ["WSGI_APP"]
bind = os.environ["BIND"]
workers = 1
worker_class = "gthread"
threads = 4
preload_app = True
loglevel = "warning"
