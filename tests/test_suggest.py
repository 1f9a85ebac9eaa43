"""A name that is surely a slip is told from one that is only similar."""

from __future__ import annotations

import pytest

from hslint.suggest import misspelt


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("twenty-db", "twentycrm-db"),
        ("shopdb", "shop-db"),
        ("shop_db", "shop-db"),
        ("postgers", "postgres"),
        ("cart-servce", "cart-service"),
        ("user-service", "users-service"),
    ],
)
def test_slips(name: str, known: str) -> None:
    assert misspelt(name, ["other", known, "another-one"]) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("auth-service", "cart-service"),
        ("my-app-frontend-svc", "my-app-backend-svc"),
        ("kafka-3", "kafka-2"),
        ("redis", "redis-exporter"),
        ("istiod-1-16", "istiod"),
        ("thanos-store-grpc", "thanos-store-http"),
        ("db", "db"),
    ],
)
def test_names_of_their_own(name: str, known: str) -> None:
    assert misspelt(name, [known]) is None
