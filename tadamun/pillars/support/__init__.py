"""Community support: sharing, listening, carrying together."""
