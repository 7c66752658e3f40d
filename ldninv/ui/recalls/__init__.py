"""Recalls in the window: begun in two clicks, listed, called, tallied and closed."""
