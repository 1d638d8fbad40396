"""Copies of an instance: its rows in a form that both databases read, its uploads, and one sealed file of it all."""
