"""Signal families: spans of evidence in text, and the engine that marks them."""
