"""The command line, for technicians and scripts. Shell access is full trust; commands that show names say as whom."""
