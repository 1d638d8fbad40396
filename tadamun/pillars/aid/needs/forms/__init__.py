"""What comes in from the pages of needs and offers."""
