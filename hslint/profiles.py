"""The annotations that gave pods their security profiles before there were fields for them.

Source: k8s.io/api/core/v1: annotation_key_constants.go.
"""

from __future__ import annotations

#: What is before a container's name, and the key for a whole pod.
APPARMOR = "container.apparmor.security.beta.kubernetes.io/"
SECCOMP_OF_ONE = "container.seccomp.security.alpha.kubernetes.io/"
SECCOMP = "seccomp.security.alpha.kubernetes.io/pod"
