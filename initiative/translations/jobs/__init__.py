"""Jobs: translations handed out as a file, and taken in again."""
