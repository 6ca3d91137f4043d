"""Accounts of staff: nobody knows another's password, and whatever one signs in with is changed with the password alone.

Whoever gets an account chooses its password by a link in a letter (`letters.invite`). Who makes an account, or changes the
name, address or rights of one, types their own password; who only has somebody's open screen gets no way in that lasts. The
administrators are told of a new one among them (`letters.tell_administrators`). A change of address, password or second
factor is told of in a letter (`letters.tell`), of an address at the old one.
"""
