"""What comes in from outside and is decided on by the secretariat: applications, and what partners send from their desk.

A submission is begun, kept while somebody writes it, sent, and then accepted, declined or given back for changes, each step
noted with who and when. The rooms that take submissions say by a `Handler` what is in one, what is missing, and what
accepting it does.
"""
