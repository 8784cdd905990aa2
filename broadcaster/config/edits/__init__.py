"""Edits of schedule.yaml through code: the file's comments, order and quoting stay as the office wrote them."""
