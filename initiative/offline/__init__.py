"""Reading without a connection: a service worker that keeps the public pages somebody visited, and a page that says so.

Pages come from the network first, so nothing is ever older than it must be. Kept is only what any cache may keep: never what
is for somebody signed in, never a form. `OFFLINE_READING=0` switches it off; browsers that have the worker get rid of it, and of
all that it kept, when they next ask.
"""
