"""What is known of pods before they exist."""

from __future__ import annotations

import pytest

from hslint.document import documents
from hslint.manifest import manifests
from hslint.source import Source
from hslint.workload import Pods, pods_of

POD = "{containers: [{name: a, image: a}]}"
JOB_SET = f"""
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: {{name: ring}}
spec:
  replicatedJobs: [{{name: workers, template: {{spec: {{template: {{spec: {POD}}}}}}}}}]
"""
CRON_JOB = f"""
apiVersion: batch/v1
kind: CronJob
metadata: {{name: nightly}}
spec: {{jobTemplate: {{spec: {{template: {{spec: {POD}}}}}}}}}
"""


def pods(text: str, minor: int = 37) -> Pods:
    (document,) = documents(Source("a.yaml", text.encode()))
    (manifest,) = manifests(document, minor)
    (found,) = pods_of(manifest)
    return found


@pytest.mark.parametrize("key", ["job-name", "batch.kubernetes.io/job-name"])
def test_the_jobs_of_others_are_called_after_them(key: str) -> None:
    """Sources: pkg/controller/cronjob: getJobName; the API package of jobset.x-k8s.io."""
    assert pods(JOB_SET).has(key, "ring-workers-0")
    assert pods(CRON_JOB).has(key, "nightly-29012345")
    assert not pods(JOB_SET).has(key, "train")
    assert not pods(CRON_JOB).has(key, "weekly-29012345")


def test_labels_with_a_prefix_and_with_numbers_came_one_after_the_other() -> None:
    """Sources: pkg/registry/batch/job: generateSelector (1.27); the gate PodIndexLabel (1.28)."""
    job = f"""
apiVersion: batch/v1
kind: Job
metadata: {{name: train}}
spec: {{completionMode: Indexed, completions: 2, template: {{spec: {POD}}}}}
"""
    name, index = "batch.kubernetes.io/job-name", "batch.kubernetes.io/job-completion-index"
    assert [pods(job, minor).has(name, "train") for minor in (26, 27, 28)] == [False, True, True]
    assert [pods(job, minor).has(index, "1") for minor in (26, 27, 28)] == [False, False, True]
