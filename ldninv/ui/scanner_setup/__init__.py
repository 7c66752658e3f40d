"""Setting up the scanner of this workstation: known codes, what it made of them, and a serial port."""
