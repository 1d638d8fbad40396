"""Circles in which people hold each other up, and listeners for one alone."""
