"""The demonstration: an invented neighbourhood, told through the same services that real ones use."""
