"""Internships as they are lived: who is due, who is where on a day, and what is done for many."""
