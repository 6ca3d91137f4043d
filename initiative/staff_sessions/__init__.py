"""Where staff are signed in: each sign-in is a row, a session without a living one ends, and a device that an account hasn't been
used on before is told of in a letter.

Of a device nothing is kept but what it calls itself (“Firefox on Windows”) and a digest of the cookie by which it is known
again. No internet address is.
"""
