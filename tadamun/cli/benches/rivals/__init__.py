"""Other programs, asked to solve the same problem."""
