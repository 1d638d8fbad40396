"""Pages of circles and talks."""
