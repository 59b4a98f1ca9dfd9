"""The PDF back end: fonts, lines, pieces and pages."""
