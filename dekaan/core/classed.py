"""How a model says which class of data (`access.data_classes`) each of its fields belongs to."""


def classed(**names: str) -> dict[str, str]:
    """Field → class, from the fields of each class as words: `classed(D="surname forename", S2="sen")`.

    A field that holds values of several classes belongs to the most closed of them.
    """
    return {name: data_class for data_class, fields in names.items() for name in fields.split()}
