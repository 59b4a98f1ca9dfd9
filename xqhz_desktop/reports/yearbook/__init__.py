"""The year book (年度总结报告): numbers of a year as a report; `book.year_book` makes it."""

from xqhz_desktop.policy.yearbook import Listing, Part, YearBookData
from xqhz_desktop.reports.yearbook.book import year_book

__all__ = ["Listing", "Part", "YearBookData", "year_book"]
