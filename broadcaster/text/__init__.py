"""Written → spoken Vietnamese: readers claim spans of the text, read them once, and flag what nobody claims."""
