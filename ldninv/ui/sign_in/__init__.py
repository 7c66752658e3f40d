"""Signing in at the window: who sits here, and the panel that asks for name and PIN."""
