"""Host names are found in text where programs take them from, with their exact place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hslint.hosts import hosts, last_labels

LABEL = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
DOTTED = st.lists(LABEL, min_size=2, max_size=5).map(".".join)
PORT = st.integers(min_value=100, max_value=65535)

#: Texts with a name of several labels at ``@``.
AROUND_DOTTED = (
    "@",
    "@.",
    "--db=@",
    "a,@,b",
    "host: @\nport: 1",
    '{"host": "@"}',
    "<host>@</host>",
    "rabbit@@",
    "dnssrv+@",
    "dns+@:9090",
    "curl -s @/health && echo ok",
    "# a comment\nserver @;",
)
#: Texts with any name at ``@`` and a port at ``#``.
AROUND_ADDRESSES = (
    "@:#",
    "--peers=x=http://@:#,y",
    "a:9092,@:#",
    "server.1=@:#:3888",
    "user:secret@tcp(@:#)/db",
    "jdbc:oracle:thin:@//@:#/x",
    "PLAINTEXT://@:#",
)
#: Texts with any name at ``@``, in a URL.
AROUND_URLS = (
    "http://@",
    "http://@/",
    "http://@.",
    "postgres://user:p@ss:w@@/db?sslmode=off",
    "postgres://$(USER):$(PASSWORD)@@/db",
    "jdbc:mysql://@/db",
    "mongodb://@,other/db",
    "see http://@, please",
    '{"url":"http://@"}',
    "https://@?x=http",
)


def place(text: str, name: str, port: str = "") -> tuple[str, int]:
    """The text with the name in place of its last ``@``, and where the name begins."""
    at = text.rindex("@")
    return text[:at] + name + text[at + 1 :].replace("#", port), at


@given(st.sampled_from(AROUND_DOTTED), DOTTED)
def test_dotted_names(text: str, name: str) -> None:
    written, at = place(text, name)

    assert (name, at) in [(host.name, host.start) for host in hosts(written)]


@given(st.sampled_from(AROUND_ADDRESSES), st.one_of(LABEL, DOTTED), PORT)
def test_names_before_a_port(text: str, name: str, port: int) -> None:
    written, at = place(text, name, str(port))

    found = [(host.name, host.port, host.start, host.sure) for host in hosts(written)]
    assert (name, port, at, True) in found


@given(st.sampled_from(AROUND_URLS), st.one_of(LABEL, DOTTED))
def test_names_in_urls(text: str, name: str) -> None:
    written, at = place(text, name)

    assert (name, None, at, True) in [(h.name, h.port, h.start, h.sure) for h in hosts(written)]


@given(st.text(alphabet="ab-_.:/@$(){}<>#=,\n 09*%"))
def test_whatever_is_found_stands_there(text: str) -> None:
    found = list(hosts(text))

    for host in found:
        assert text.startswith(host.name, host.start)
        assert all(host.name.split("."))
    assert [host.start for host in found] == sorted({host.start for host in found})


@pytest.mark.parametrize(
    "text",
    [
        "db",
        "es-0,es-1,es-2",
        "node.name: es-0",
        "10.0.0.7:8080",
        "1.25.3",
        "12:30",
        "/etc/db.conf",
        "./db.conf",
        "C:\\db.conf",
        "$(POD_NAME).db",
        "db-$(N).db",
        "db-${N}.db",
        "http://db-$N.db",
        "${HOST}.db.svc.cluster.local",
        "${DB:-db-0.db}",
        "{{ .Name }}.db",
        "http://{{ .Name }}:80",
        "db.{{ .Namespace }}.svc",
        "<name>.db.svc",
        "db.<namespace>.svc",
        "*.db.svc",
        "db-[0-2].db",
        "%s.db",
        "server.port=80",
        "spring.redis.host: x",
        "client.connect()",
        "postgres:12",
        "redis:7.2",
        "image: registry:5000",
        "--image=db.prod:5000",
        "docker://redis:6379",
        "s3://db/backup",
        "unix:///run/db.sock",
        "# http://db:5432",
        "x\n  # server db.prod.svc;",
        "// see db.prod.svc",
        "-- see db.prod.svc",
        "/* see db.prod.svc */",
        "/**\n * see db.prod.svc\n */",
        "<!-- http://db:5432 -->",
        "timeout: 3 # of db.prod.svc",
        "chown redis:1000 /data",
        "mkdir /data && chown -R redis:1000 /data",
        "run -u redis:1000 sh",
        "HTTP_AUTH=redis:12345",
        'BASIC_AUTH: "admin:12345"',
        "WEIGHTS=web:100,api:200",
        ":8080",
        "PLAINTEXT://:9092",
        "-db.prod",
        "db-.prod",
        "a..b",
    ],
)
def test_no_hosts(text: str) -> None:
    assert [host.name for host in hosts(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "AUTH_URL=http://db:5432",
        "AUTH_SERVICE=db:5432",
        "user=x host=db:5432",
        "chown x /data; nc -z db:5432",
        "<!-- x --> db:5432",
        "ls /data/* db:5432 */",
        "curl http://x/#/ db:5432",
        "--listen=x --db:5432 db:5432",
        "a -- b\nx db:5432",
    ],
)
def test_hosts_beside_comments_and_users(text: str) -> None:
    assert "db" in [host.name for host in hosts(text)]


def test_every_host_of_a_list_is_found() -> None:
    text = "mongodb://db-0.db:27017,db-1.db:27017,db-2.db:27017/shop?replicaSet=rs0"

    assert [host.name for host in hosts(text)] == ["db-0.db", "db-1.db", "db-2.db"]


def test_a_long_line_is_searched_in_time_that_grows_with_it() -> None:
    text = '{"url":"http://db.prod.svc:80","text":"a.b.c.d 1.2 x:1"},' * 20_000

    assert sum(host.name == "db.prod.svc" for host in hosts(text)) == 20_000
    assert not list(hosts("/* a <!-- b " * 20_000))


@given(st.text(alphabet="aDz09.:/-_ \n\u212a", max_size=40))
@example("http://db:80")
@example("db-0.db")
@example("A.B:80")
def test_a_first_look_sees_the_end_of_every_host(text: str) -> None:
    labels = last_labels(text)
    for host in hosts(text):
        first, _, rest = host.name.partition(".")
        if labels is not None and host.name != "localhost":
            assert rest.rpartition(".")[2].lower() in labels
            assert first[0] != "_"
            assert not ("-" in first and first[-1].isdigit())


@pytest.mark.parametrize("text", ["http://db:80", "db-0.db", "_p._tcp.db", "db.prod.svc", "X.SVC"])
def test_a_first_look_leaves_to_a_second_what_the_end_does_not_tell(text: str) -> None:
    assert last_labels(text) is None


def test_a_first_look_is_not_slowed_by_long_runs() -> None:
    for run in "-_.a":
        assert last_labels(f"{run * 1_000_000} a.b") is not None
