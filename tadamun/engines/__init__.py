"""The engines: pure computation on arrays, usable without the rest of the house.

Each engine takes frozen dataclasses and returns a result that carries its own proof; beside each stands a checker
that accepts or rejects a result from the inputs alone. Engines know no database and no web framework.
"""
