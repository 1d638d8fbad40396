"""Work done later by the worker: queued once, retried, and repeated on schedule."""
