from collections.abc import Iterator

from hslint import REFERRERS, WARNING, Answer, Manifest, Problem, World, host_names, rule


@rule(WARNING, *REFERRERS)
def check(manifest: Manifest, world: World) -> Iterator[Problem]:
    """A host name below a Service is the name of none of its pods.

    Only pods with a `hostname`, and this Service as their `subdomain`, have names below it; the
    controllers of StatefulSets and Indexed Jobs set both. The pods of a Deployment have none. Any
    other name below a Service does not resolve.

    Write the name of a pod, or the Service itself.
    (Source: k8s.io/endpointslice: ShouldSetHostname.)

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: cache
    spec:
      clusterIP: None
      selector:
        app: cache
      ports:
        - name: redis
          port: 6379
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: cache
    spec:
      selector:
        matchLabels:
          app: cache
      template:
        metadata:
          labels:
            app: cache
        spec:
          containers:
            - name: redis
              image: redis:8
              args: [--replicaof, cache-0.cache.default.svc]  # warning: is called `cache-0`
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: cache
    spec:
      clusterIP: None
      selector:
        app: cache
      ports:
        - name: redis
          port: 6379
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: cache
    spec:
      serviceName: cache
      selector:
        matchLabels:
          app: cache
      template:
        metadata:
          labels:
            app: cache
        spec:
          containers:
            - name: redis
              image: redis:8
              args: [--replicaof, cache-0.cache.default.svc]
    ```
    """
    for reference in world.hosts.unanswered(manifest, Answer.NO_POD):
        pods = reference.answer.pods
        if pods is None:
            continue
        record, host = reference.record, reference.host.name
        names = host_names(pods) or []
        if names:
            sentence = "the pods of " + pods.owner.title + f" are called `{names[0].example}`"
        else:
            sentence = f"the pods of {pods.owner.title} have no host names of their own"
        yield Problem(
            reference.at,
            f"no pod of Service `{record.service}` is called `{record.host}`, so"
            f" `{host}` does not resolve",
            related=((pods.owner["metadata"]["name"], sentence),),
            help=f"write `{host.partition('.')[2]}` for any of the pods",
        )
