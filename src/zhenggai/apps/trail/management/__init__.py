"""The one command of Django's that the trail changes."""
