"""Who somebody is: sign-in, language, consent, and who looked at what."""
