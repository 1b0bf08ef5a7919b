"""Where bytes live: archive, blobs, readers. No Django here."""
