"""What the pharmacy agrees on, and how the window looks at this computer."""
