"""The pages of common problems."""
