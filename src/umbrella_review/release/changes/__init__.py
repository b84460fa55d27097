"""What differs in meaning between two reports, and which change of the input it follows from.

`folder` reads a `report`, `rows` compares its data, `causes` groups what was changed by hand,
`explain` leads from a consequence to its causes; `values`, `displays`, `classes`, `meaning` and
`wording` find the consequences; `compare` puts all together; `document`, `terminal` and `page`
show it.
"""
