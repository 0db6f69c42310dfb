"""`python -m dekaan` is the same command line as `dekaan`."""

from dekaan.cli.main import main

if __name__ == "__main__":
    main()
