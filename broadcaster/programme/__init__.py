"""Script clips and jingles → a programme: a list of parts with exact offsets. Pure."""
