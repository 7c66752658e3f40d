"""The weekly report as one value, and the writers that only write it down."""
