"""Community support: neighbours share, hold each other up, and solve what many of them face."""
