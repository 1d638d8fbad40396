"""The `tadamun` command line: one file a command group, each exposing `command`.

Commands translate between a terminal and the services and engines; they compute nothing themselves.
"""
