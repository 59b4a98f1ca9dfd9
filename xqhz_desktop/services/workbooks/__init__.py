"""From a folder of workbooks to a plan, and from a plan to records."""
