"""The doors to a community: people, invitations, joining, settings, texts."""
