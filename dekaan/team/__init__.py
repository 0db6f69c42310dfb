"""Who leads careers, by what model, and who does what: the role set up so that it outlives whoever holds it.

*Leadership* is the model, the reporting line, the time and the help, dated. A *post* is who holds a key role, from one
day until another. The *grid* says of each of thirty responsibilities who is responsible and who accountable; by roles
where it can, so that whoever takes a post over takes over what goes with it. What leading careers asks is the
frameworks' file careers-leadership.toml.
"""
