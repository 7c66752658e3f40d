"""Scanners that type: what is a scan and what is typing, and where a scan goes (R36)."""
