"""What people call the records: labels, kinds of field, headings and words."""
