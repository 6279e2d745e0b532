//! Databases that streams are read from and actions write to: PostgreSQL, MySQL and MariaDB, SQLite.
