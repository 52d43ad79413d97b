"""What is kept between two requests, in SQLite or PostgreSQL: tables, and functions on a session."""
