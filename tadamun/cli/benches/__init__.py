"""One file a bench; each runs both sides on the same input and prints a table or one JSON document."""
