"""Whether the place where capsules stand keeps what their year rests on: temperature, light, and how both are known."""
