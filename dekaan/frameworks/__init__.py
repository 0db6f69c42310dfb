"""What counts, for whom and since when: benchmarks and law as files that a Careers Leader could read.

The files in `data` are the truth. A framework in force is never changed: a correction is a new version.
"""
