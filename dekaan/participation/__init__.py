"""The ledger: one row per invited person and occasion, with a state and how it is known. Facts are insert-only."""
