"""Files that come in: one module per format and a registry; bytes in, values and problems out."""
