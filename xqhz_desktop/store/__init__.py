"""What is kept: the SQLite database, its tables, its journal and its facts."""
