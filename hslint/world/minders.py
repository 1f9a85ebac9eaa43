"""Which autoscalers and disruption budgets mind a workload."""

from __future__ import annotations

from hslint.scale import SCALERS, scale_target
from hslint.selector import label_selector
from hslint.world.labels import Selection
from hslint.world.nearness import same_namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world import World


class Minders:
    """Indexed when first asked for, in the order of the files."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._scalers: dict[tuple[str, str], list[Manifest]] | None = None
        self._budgets: dict[int, list[Manifest]] | None = None
        self._protected: dict[int, Selection] = {}

    def scalers(self, kind: str, name: str, of: Manifest) -> list[Manifest]:
        """The autoscalers that set the replicas of a workload in the namespace of *of*."""
        if self._scalers is None:
            self._scalers = {}
            for scaler in (s for scalers in SCALERS for s in self._world.all(scalers)):
                target = scale_target(scaler)
                self._scalers.setdefault((target.type, target.name), []).append(scaler)
        return [s for s in self._scalers.get((kind, name), ()) if same_namespace(s, of)]

    def budgets(self, pods: Pods) -> list[Manifest]:
        """The disruption budgets that select *pods*."""
        if self._budgets is None:
            self._budgets = {}
            for budget in self._world.all("PodDisruptionBudget"):
                for each in self.protected_by(budget):
                    self._budgets.setdefault(id(each), []).append(budget)
        return self._budgets.get(id(pods), [])

    def protected_by(self, budget: Manifest) -> Selection:
        """The pods that a disruption budget is for: none without a selector, all for an empty one.

        Source: k8s.io/api/policy/v1: PodDisruptionBudgetSpec.Selector; up to v1beta1 an empty one
        selected nothing.
        """
        found = self._protected.get(id(budget))
        if found is None:
            node = budget.spec["selector"]
            selector = label_selector(node)
            is_none = not node or (not selector and budget.api_version == "policy/v1beta1")
            found = Selection([]) if is_none else self._world.select(selector, budget)
            self._protected[id(budget)] = found
        return found
