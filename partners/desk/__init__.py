"""The partner's desk: where an organisation's representatives keep its record alive.

Signing in is a link by e-mail, used once. What is written here goes to the intake; nothing here changes what readers see.
"""
