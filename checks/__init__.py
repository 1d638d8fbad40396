"""What `./run check` and `./run test` look at: one small module a question."""
