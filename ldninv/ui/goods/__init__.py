"""The Components page: component lots, what is received, and what codes stand for."""
