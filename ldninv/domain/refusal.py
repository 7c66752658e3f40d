"""The two ways a request ends without being a bug: the rules say no, or the surroundings fail."""


class Refused(Exception):
    """The rules say no. The text names what, which rule and the way out, and is fit to show."""


class Surroundings(Exception):
    """Disk, file, lock or screen fail. The text says what to do about it, and is fit to show."""
