"""What is counted and how, in Ibis and plain Python: no Django here."""
