"""Files come in and go out: the import doctor and the raw export.

An *import run* is one file on its way in; each of its *lines* is kept with its sheet row and what it will become:
joins, changes, unchanged, leaves, returns, doubtful, refused or set aside. Nothing is silent. Files are read in a child
process with limits (`reading`); columns are guessed, shown and remembered (`columns`); pupils are recognised by
weighed evidence (`matching`); and a run can be undone for 30 days. What a file says becomes true through
`people.changes`.
"""
