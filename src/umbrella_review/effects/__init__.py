"""Effect sizes, from raw results of studies or as reviews report them.

`escalc` computes effect sizes and variances; the families of measures stand in `two_by_two`,
`means`, `paired`, `correlation`, `rates`, `proportions` and `given`, their register in `measures`.
`correction` holds the small-sample factor, `conversion` the ways from one measure to another,
`recover` the standard errors behind printed intervals and p values. All of these know numbers
only. `intervals` and `harmonise` do the same for what reviews report: one direction of reading,
one scale; `reported` applies them to the table `estimates`.
"""
