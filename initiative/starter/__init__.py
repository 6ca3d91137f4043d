"""The content that a new site starts with, and what loads it. The format is told in README.md beside this file."""
