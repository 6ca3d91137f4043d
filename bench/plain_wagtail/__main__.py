"""Fill the plain site, if it is empty: python -m bench.plain_wagtail 10000"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.plain_wagtail.settings"
    django.setup()
    from bench.plain_wagtail.filling import fill

    fill(int(sys.argv[1]))
