"""The verbs: each one transaction with its audit event. The only room that writes."""
