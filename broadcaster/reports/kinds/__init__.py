"""One file a report kind; each exports `kind`, which names it and knows how it is composed."""
