"""Reading the values of slots from what customers write, without a model. Pure: no Django, no database.

`reading.read` reads the answer to a question, `reading.find_in` looks whether a sentence mentions a value by
itself, `signals` tells a change of mind, a question or a hesitation. Each kind of slot is one file of
`kinds/`. The words stand in `flows/stock/slots/`, a file for each language.
"""
