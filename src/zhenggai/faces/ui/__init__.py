"""Base templates, components, tokens, refusals: shared by every face."""
