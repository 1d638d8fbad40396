"""Pages of needs and offers: one service call or one query each."""
