"""The window: pages and dialogs over the verbs of `services`. Widgets get what they need as arguments."""
