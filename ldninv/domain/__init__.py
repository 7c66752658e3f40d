"""What is true of a batch whatever the database or the screen: pure values and functions, the clock passed in."""
