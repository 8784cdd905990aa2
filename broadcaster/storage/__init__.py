"""SQLite through sqlite-utils: the schema, its migrations, and a store for each Protocol that a stage declares."""
