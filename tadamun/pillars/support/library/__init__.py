"""The library: things to borrow, rooms by the hour, skills by appointment."""
