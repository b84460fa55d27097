"""Do published numbers follow from the data, and do reported statistics agree with themselves.

The rule by which a number is recomputed is data: a table, conditions, an operation, a column.
`rules` reads the language, `rows` picks rows, `operations` computes, `reproduce` compares
with what was published, `statistics` carries rounding through the arithmetic. `consistency` holds
reported figures against each other and finds the same evidence under two names.
"""
