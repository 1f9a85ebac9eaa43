"""Which NetworkPolicies limit what pods may connect to."""

from __future__ import annotations

from hslint.selector import label_selector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world import World


class Policies:
    """The policies for egress that select pods; what they allow adds up."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._of: dict[int, list[Manifest]] | None = None

    def for_egress_of(self, pods: Pods) -> list[Manifest]:
        """The policies for egress that select *pods*, in the order of the files."""
        if self._of is None:
            self._of = {}
            for policy in self._world.all("NetworkPolicy"):
                if _limits_egress(policy):
                    selector = label_selector(policy.spec["podSelector"])
                    for each in self._world.select(selector, policy):
                        self._of.setdefault(id(each), []).append(policy)
        return self._of.get(id(pods), [])


def _limits_egress(policy: Manifest) -> bool:
    """Whether a NetworkPolicy is about egress: it says so, or has rules for it.

    Source: pkg/apis/networking/v1: SetDefaults_NetworkPolicy.
    """
    types = policy.spec["policyTypes"]
    if types.value:
        return any(each.string == "Egress" for each in types)
    return bool(policy.spec["egress"].value)
