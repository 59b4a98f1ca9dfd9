"""What goes out as a workbook: registers, empty forms, rosters in parts, rows to be corrected."""
