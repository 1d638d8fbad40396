"""Pages of the shell: one query or one service call each."""
