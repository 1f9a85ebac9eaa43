from collections.abc import Iterator

from hslint import ERROR, Document, Problem, Spot, YamlFault, rule


@rule(ERROR)
def check(document: Document, fault: YamlFault) -> Iterator[Problem]:
    """A document is not YAML, or not YAML that kubectl can read.

    kubectl stops reading the file here: neither this document nor those below it are applied, while
    those above it are. Most often a key or a list item does not line up with its neighbours, a tab
    stands where blanks must, or a text with `: ` or ` #` in it lacks its quotes.

    Line up what belongs together, with blanks only.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      ports:
        - name: db
         port: 5432  # error: kubectl cannot read the document
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - name: db
          port: 5432
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: db
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17
          ports:
            - containerPort: 5432
    ```
    """
    if fault.kind in ("syntax", "encoding", "depth", "bomb"):
        spot = Spot(document, document.place(fault.line, fault.column))
        yield Problem(spot, f"kubectl cannot read the document: {fault.message}", help=fault.hint)
