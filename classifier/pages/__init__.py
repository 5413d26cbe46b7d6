"""Pages: one result, or the results of a batch, as self-contained HTML."""
