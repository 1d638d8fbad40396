"""Communities, their members and roles."""
