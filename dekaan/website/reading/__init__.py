"""From a page's or a PDF's bytes to words, in a child process; what could not be read is said."""
