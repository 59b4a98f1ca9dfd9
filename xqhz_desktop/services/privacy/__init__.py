"""That no number leaks: masking, erasing a person, a copy of invented people."""
