"""The same form or call received twice makes one record."""
