"""Whether what was read says what must stand there: item by item, with the sentence, how sure, and what to paste."""
