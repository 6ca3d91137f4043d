"""What strangers fill in, field by field, and what the secretariat answers."""
