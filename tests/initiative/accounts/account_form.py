"""What the form of one's own account sends where nothing is changed."""

ACCOUNT = {
    "name_email-first_name": "Ada",
    "name_email-last_name": "Loam",
    "email-email": "ada@example.org",
    "locale-preferred_language": "",
    "locale-current_time_zone": "UTC",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
}
