"""Community support: what neighbours share, and how they hold each other up."""
