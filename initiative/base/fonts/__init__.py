"""Fonts for what the site draws itself: letters of Latin, Greek and Cyrillic, and Arabic. Their licence stands beside them."""

from pathlib import Path

FONTS = Path(__file__).parent
