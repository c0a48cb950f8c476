"""Threads of messages: the connected parts of their reply links, in near-linear time."""

from __future__ import annotations

import numpy as np


def components(count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each of `count` nodes the smallest node it is connected with.

    Every round hooks each tree's root below the smallest root it has a link to, then flattens the
    trees; a tree that neither hooks nor is hooked is finished, so the number of trees shrinks by a
    constant factor a round.

    Args:
        count: number of nodes, called 0 to count - 1.
        left: shape (links,), one end of each link.
        right: shape (links,), the other end.

    Source: Shiloach & Vishkin, An O(log n) parallel connectivity algorithm, J. Algorithms 3 (1982).
    """
    root = np.arange(count)
    while len(left):
        ends = root[left], root[right]
        low, high = np.minimum(*ends), np.maximum(*ends)
        apart = low != high
        left, right = left[apart], right[apart]
        np.minimum.at(root, high[apart], low[apart])
        flat = root[root]
        while not np.array_equal(flat, root):
            root, flat = flat, flat[flat]
    return root


def threads(ids: np.ndarray, answers: np.ndarray, answered: np.ndarray) -> np.ndarray:
    """For each message the smallest id in its thread.

    Args:
        ids: shape (messages,), integers; repeated ones count as one message.
        answers: shape (links,), ids that answer ...
        answered: shape (links,), ... these ids; a link to an id that is not there joins nothing.
    """
    known, place = np.unique(ids, return_inverse=True)
    if not len(known):
        return ids
    ends = [np.searchsorted(known, end).clip(max=len(known) - 1) for end in (answers, answered)]
    there = (known[ends[0]] == answers) & (known[ends[1]] == answered)
    smallest: np.ndarray = known[components(len(known), ends[0][there], ends[1][there])]
    return smallest[place]
