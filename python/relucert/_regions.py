"""Regions for NumPy, SciPy, networkx and pandas, each of which is imported when it is asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Optional

from ._relucert import Arrangement, Regions


def arrangement(
    normals: tuple[tuple[Fraction, ...], ...],
    offsets: Optional[tuple[Fraction, ...]],
    domain: Optional[tuple[tuple[Fraction, Fraction], ...]],
) -> Arrangement:
    """An arrangement that was pickled."""
    return Arrangement(normals, offsets, domain=domain)


def regions(of: Arrangement, limit: Optional[int]) -> Regions:
    """Regions that were pickled: they are listed again, and are the same."""
    return of.regions(limit=limit)


def signs(of: Regions) -> Any:
    """The sign matrix."""
    import numpy

    matrix = numpy.frombuffer(of.sign_bytes(), dtype=numpy.int8)
    return matrix.reshape(len(of), len(of.arrangement.normals))


def adjacency(of: Regions) -> Any:
    """The adjacency matrix."""
    import numpy
    from scipy.sparse import coo_array

    edges = numpy.array(of.edges(), dtype=numpy.int64).reshape(-1, 3)
    rows = numpy.concatenate([edges[:, 0], edges[:, 1]])
    columns = numpy.concatenate([edges[:, 1], edges[:, 0]])
    ones = numpy.ones(len(rows), dtype=numpy.int8)
    return coo_array((ones, (rows, columns)), shape=(len(of), len(of))).tocsr()


def to_networkx(of: Regions) -> Any:
    """The graph: nodes have their signs, edges the hyperplane between."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from((i, {"signs": region.signs}) for i, region in enumerate(of))
    graph.add_edges_from((i, j, {"hyperplane": hyperplane}) for i, j, hyperplane in of.edges())
    return graph


def to_pandas(of: Regions) -> Any:
    """The signs, a row a region, a column a hyperplane."""
    import pandas

    return pandas.DataFrame(signs(of))
