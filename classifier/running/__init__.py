"""Long runs: records in chunks, chunks to worker processes, what comes of them into a run folder."""
