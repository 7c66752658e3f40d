"""Going along a shelf with the scanner: counting a place, and taking expired stock to the bin."""
