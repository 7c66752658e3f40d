"""The storage of the capsules: places, what was recorded there, and what happened."""
