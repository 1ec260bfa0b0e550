"""The table of conformance cases, by subject."""

from elementwise import binary, ternary, unary
from learning import losses, others
from making import creation
from reducing import order, reductions
from shaping import products, shapes

from declare import Case


def cases() -> list[Case]:
    groups = (unary, binary, ternary, reductions, order, products, shapes, creation, losses, others)
    return [case for group in groups for case in group()]
