"""The History page: the trail to read and to check, and the recalls."""
