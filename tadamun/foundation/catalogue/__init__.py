"""What can be needed and offered."""
