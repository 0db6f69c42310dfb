"""The evidence cabinet: what shows that a criterion, or a theme of a review, is met; whose it is, and until when."""
