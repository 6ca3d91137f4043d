"""Joining: the public form, its declaration, the signature under it, and what accepting an application makes."""
