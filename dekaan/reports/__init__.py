"""Reports that are frozen when they are issued: a later change to the records never changes what was said."""
