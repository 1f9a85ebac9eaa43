"""The kinds that make pods: where each keeps its templates, and the labels that it adds to pods."""

from __future__ import annotations

#: Where each kind keeps its pod templates; ``*`` is every item of a list or mapping.
_TEMPLATES: dict[str, tuple[str, ...]] = {
    "Pod": ("",),
    "PodTemplate": ("template",),
    "Deployment": ("spec.template",),
    "ReplicaSet": ("spec.template",),
    "ReplicationController": ("spec.template",),
    "StatefulSet": ("spec.template",),
    "DaemonSet": ("spec.template",),
    "Job": ("spec.template",),
    "CronJob": ("spec.jobTemplate.spec.template",),
    # Well-known custom workloads, from the types of their projects.
    "Rollout.argoproj.io": ("spec.template",),
    "DeploymentConfig.apps.openshift.io": ("spec.template",),
    "CloneSet.apps.kruise.io": ("spec.template",),
    "StatefulSet.apps.kruise.io": ("spec.template",),
    "DaemonSet.apps.kruise.io": ("spec.template",),
    "JobSet.jobset.x-k8s.io": ("spec.replicatedJobs.*.template.spec.template",),
    "LeaderWorkerSet.leaderworkerset.x-k8s.io": (
        "spec.leaderWorkerTemplate.leaderTemplate",
        "spec.leaderWorkerTemplate.workerTemplate",
    ),
    "Job.batch.volcano.sh": ("spec.tasks.*.template",),
    "Service.serving.knative.dev": ("spec.template",),
    "Configuration.serving.knative.dev": ("spec.template",),
    "MPIJob.kubeflow.org": ("spec.mpiReplicaSpecs.*.template",),
    "PyTorchJob.kubeflow.org": ("spec.pytorchReplicaSpecs.*.template",),
    "TFJob.kubeflow.org": ("spec.tfReplicaSpecs.*.template",),
    "RayCluster.ray.io": ("spec.headGroupSpec.template", "spec.workerGroupSpecs.*.template"),
}
#: The same as steps.
ROUTES = {
    kind: tuple(tuple(path.split(".")) if path else () for path in paths)
    for kind, paths in _TEMPLATES.items()
}
KINDS = frozenset(_TEMPLATES)

#: Labels that a controller adds to the pods it makes, with any value (the values below are exact
#: where they are known). Sources: pkg/controller/deployment, statefulset, daemon, job; batch/v1
#: and apps/v1 types; the projects' own API packages for custom kinds.
ADDED: dict[str, tuple[str, ...]] = {
    "Deployment": ("pod-template-hash",),
    "StatefulSet": ("controller-revision-hash",),
    "DaemonSet": ("controller-revision-hash", "pod-template-generation"),
    "Job": ("controller-uid", "batch.kubernetes.io/controller-uid"),
    "CronJob": (
        "job-name",
        "controller-uid",
        "batch.kubernetes.io/job-name",
        "batch.kubernetes.io/controller-uid",
    ),
    "Rollout.argoproj.io": ("rollouts-pod-template-hash",),
    "DeploymentConfig.apps.openshift.io": ("deployment", "deploymentconfig"),
    "StatefulSet.apps.kruise.io": (
        "controller-revision-hash",
        "statefulset.kubernetes.io/pod-name",
    ),
    "CloneSet.apps.kruise.io": ("controller-revision-hash",),
    "DaemonSet.apps.kruise.io": ("controller-revision-hash",),
    "JobSet.jobset.x-k8s.io": ("job-name", "batch.kubernetes.io/job-name"),
    "Service.serving.knative.dev": ("app",),
    "Configuration.serving.knative.dev": ("app",),
}
#: The same for whole prefixes of label keys.
ADDED_PREFIXES = {
    "JobSet.jobset.x-k8s.io": ("jobset.sigs.k8s.io/", "batch.kubernetes.io/"),
    "LeaderWorkerSet.leaderworkerset.x-k8s.io": (
        "leaderworkerset.sigs.k8s.io/",
        "apps.kubernetes.io/",
        "statefulset.kubernetes.io/",
    ),
    "Job.batch.volcano.sh": ("volcano.sh/",),
    "Service.serving.knative.dev": ("serving.knative.dev/",),
    "Configuration.serving.knative.dev": ("serving.knative.dev/",),
    "MPIJob.kubeflow.org": ("training.kubeflow.org/",),
    "PyTorchJob.kubeflow.org": ("training.kubeflow.org/",),
    "TFJob.kubeflow.org": ("training.kubeflow.org/",),
    "RayCluster.ray.io": ("ray.io/",),
}
POD_NAME = "statefulset.kubernetes.io/pod-name"
POD_INDEX = "apps.kubernetes.io/pod-index"
JOB_NAMES = ("job-name", "batch.kubernetes.io/job-name")
#: Kubernetes 1.27 has the second of them (pkg/registry/batch/job: generateSelector).
JOB_PREFIX = 27
#: Kubernetes 1.28 has the labels with numbers (the gate PodIndexLabel), which is on since.
INDEX_LABELS = 28
COMPLETION_INDEX = "batch.kubernetes.io/job-completion-index"
#: Labels by which the pods of one template differ: their controllers set them to name or number.
NUMBERED = (POD_NAME, POD_INDEX, COMPLETION_INDEX)
