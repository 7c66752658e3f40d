"""Temperature and light where batches stand: loggers, readings, what they show, and what is decided of it (R14–R20)."""
