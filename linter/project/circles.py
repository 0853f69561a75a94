"""Circles of modules, of templates: what leads to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Circles:
    """The strongly connected components of a graph, worked out as far as somebody asks.

    Tarjan's algorithm (https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm), without
    recursion: imports and templates can nest deep. What it remembers notes no files (see `trace`), so `targets` may ask
    interfaces only.
    """

    def __init__(self, targets: Callable[[str], Iterable[str]]) -> None:
        self.targets = targets
        self._index: dict[str, int] = {}
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, node: str) -> tuple[str, ...]:
        """The component that a node is in, sorted."""
        if node not in self._found:
            self._explore(node)
        return self._found[node]

    def _explore(self, root: str) -> None:
        index = self._index
        index[root] = len(index)
        low = {root: index[root]}
        stack = [root]
        work = [(root, iter(self.targets(root)))]
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(self.targets(target))))
                    break
                if target not in self._found:  # it is on the stack
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    component = tuple(sorted(stack[at:]))
                    del stack[at:]
                    self._found.update(dict.fromkeys(component, component))
