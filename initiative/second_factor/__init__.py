"""Staff sign in with a password and a code: from an authenticator on their phone, or one of ten for the day it is lost.

Under https everybody who works in the admin needs it (`STAFF_SECOND_FACTOR`); on a developer's machine nobody has to. django-otp
keeps the secrets, takes each code once, and makes whoever guesses wait longer each time.
"""
