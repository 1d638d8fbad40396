"""What people are told: in the app, by e-mail, or by a coordinator's own phone."""
