"""The translators’ pages in the admin."""
