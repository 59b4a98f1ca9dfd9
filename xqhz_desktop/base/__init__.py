"""The ground floor: errors, places, calendar, text and tasks; standard library only."""
