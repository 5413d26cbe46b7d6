"""The local page and HTTP service; needs the extra `web`."""
