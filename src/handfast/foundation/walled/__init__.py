"""Django's PostgreSQL backend, telling the database the reach before every statement."""
