"""Tags of the counter's own pages."""
