"""What changes the library, beyond saving a record."""
