"""Effects that reviews report: one direction of reading, one scale, standard errors.

`intervals` and `harmonise` know numbers only; `reported` applies them to the table `estimates`.
"""
