"""Finding again what was written: an index of tokens, the same on both databases."""
