"""The doors to one's own account."""
