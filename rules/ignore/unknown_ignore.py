from collections.abc import Iterator

from hslint import INFO, Ignore, Problem, rule


@rule(INFO)
def check(ignore: Ignore) -> Iterator[Problem]:
    """A suppression names no rule.

    It has no effect: the name is misspelt, the rule has another name by now, or no name is given. A
    suppression always names its rules, so that it cannot hide more than it was written for.

    Correct the name; `hslint rule` lists them all.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
      annotations:
        hslint/ignore: governing-service-mising  # info: there is no rule `governing-service-mising`
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db  # hslint: ignore the name is wanted  # info: this names no rule
          port: 27017
    ```

    ```yaml good
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
      annotations:
        hslint/ignore: governing-service-missing
    spec:
      serviceName: db
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: mongo:8
    ```
    """
    if not ignore.rule:
        yield Problem(
            ignore.at,
            "this names no rule, so it suppresses nothing",
            help="write `# hslint: ignore[rule-name] reason`",
        )
    elif not ignore.known:
        yield Problem(
            ignore.at,
            f"there is no rule `{ignore.rule}`, so this suppresses nothing",
            help=f"write `{ignore.near}`"
            if ignore.near
            else "write one of those that `hslint rule` lists",
        )
