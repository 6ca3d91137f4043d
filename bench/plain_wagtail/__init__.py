"""A plain Wagtail site, as its tutorial makes one: what cold pages are measured against, in the same run."""
