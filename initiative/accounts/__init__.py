"""Accounts of staff: nobody knows another's password, and whatever one signs in with is changed with the password alone.

Whoever gets an account chooses its password by a link in a letter (`letters.invite`). A change of address, password or second
factor is told of in a letter (`letters.tell`), of an address at the old one.
"""
