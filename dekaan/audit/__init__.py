"""Who changed what, when. Plain ids, so that everything above can record and nothing blocks an erasure."""
