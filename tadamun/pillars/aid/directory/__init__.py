"""A directory of services: whom a need can be referred to, where, when, with which papers."""
