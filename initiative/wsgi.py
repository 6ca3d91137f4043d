"""The WSGI application that gunicorn serves: Django, and around it the pages kept for a moment."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from initiative.base.charsets import with_known_charsets
from initiative.base.patience import limit
from initiative.page_cache import with_page_cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "initiative.settings")

# Before anybody is connected.
for alias in settings.DATABASES:
    limit(alias, lock=settings.REQUEST_LOCK_SECONDS, statement=settings.REQUEST_STATEMENT_SECONDS)
application = with_known_charsets(get_wsgi_application())
if settings.PAGE_CACHE_MEGABYTES:
    application = with_page_cache(application)
