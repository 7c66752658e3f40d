"""Acting on a batch: the actions that make sense now, one small form for each, and what was done, with *undo*."""
