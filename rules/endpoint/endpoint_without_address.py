from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, rule


@rule(ERROR, "Endpoints", "EndpointSlice")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A part of Endpoints has ports, but no addresses.

    The API server rejects it: each of `subsets` needs `addresses` or `notReadyAddresses`, each of
    the `endpoints` of a slice at least one address.

    Add an address, or leave the entry out: Endpoints without any `subsets` are allowed.
    (Sources: pkg/apis/core/validation: validateEndpointSubsets; pkg/apis/discovery/validation:
    validateEndpoints.)

    ```yaml bad
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses: []  # error: has no address
        ports:
          - port: 5432
    ```

    ```yaml good
    apiVersion: v1
    kind: Endpoints
    metadata:
      name: database
    subsets:
      - addresses:
          - ip: 10.1.2.3
        ports:
          - port: 5432
    ```
    """
    for subset in manifest["subsets"]:
        if not subset["addresses"].value and not subset["notReadyAddresses"].value:
            yield Problem(
                subset["addresses"],
                f"this part of {manifest.title} has no address, so the API server rejects it",
                help="add `addresses`, or remove the entry",
            )
    if manifest.type == "EndpointSlice":
        for endpoint in manifest["endpoints"]:
            if endpoint["addresses"].value == []:  # left out altogether is missing-field's
                yield Problem(
                    endpoint["addresses"],
                    f"this endpoint of {manifest.title} has no address, so the API server rejects"
                    " it",
                    help="add an address, or remove the entry",
                )
