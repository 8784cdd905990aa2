"""Scripts: their front matter, their import from documents, and who approved exactly which text."""
