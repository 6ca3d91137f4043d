"""What the site keeps about people, from one source: the privacy page, docs/privacy.md, and what is given out or erased when a
person asks follow it.

Each room says in its `personal_data.py` what it keeps, and registers it when it is ready. This room knows none of them.
"""
