"""Verbs that change or move records."""
