"""How far reported results can be trusted: prediction intervals and classes from summaries."""
