"""Registers, rules and the year book of a vocational school's cooperation office."""

__version__ = "0.1.0"
