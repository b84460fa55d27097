"""Syntheses of tables of studies: rows in, batches through the engine, one document out."""
