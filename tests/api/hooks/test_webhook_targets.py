"""Where a webhook may go, and what is refused."""

from ipaddress import ip_address

import pytest

from api.hooks.targets import Target, Targets, hosts_of, resolved
from api.problems import Code, Refused

PUBLIC = (ip_address("93.184.215.14"), ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))


def targets(*addresses: str, named: str = "") -> Targets:
    """A world where every name has these addresses, by default public ones."""
    found = tuple(ip_address(one) for one in addresses) or PUBLIC
    return Targets(hosts_of(named), lambda _host, _port: found)


def refusal(world: Targets, url: str) -> Code:
    with pytest.raises(Refused) as refused:
        world.target(url)
    return refused.value.trouble.code


def test_an_address_is_read_in_its_parts() -> None:
    assert targets().target("https://Example.org:8443/a/b?c=d&e") == Target(
        "https", "example.org", 8443, "/a/b?c=d&e", PUBLIC
    )
    assert targets().target("https://example.org") == Target("https", "example.org", 443, "/", PUBLIC)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", Code.WEBHOOK_URL_MALFORMED),
        ("example.org", Code.WEBHOOK_URL_MALFORMED),
        ("https://", Code.WEBHOOK_URL_MALFORMED),
        ("https:///a", Code.WEBHOOK_URL_MALFORMED),
        ("ftp://example.org", Code.WEBHOOK_URL_MALFORMED),
        ("file:///etc/passwd", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org/#a", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org:0/", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org:65536/", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org:a/", Code.WEBHOOK_URL_MALFORMED),
        ("https://exa mple.org/", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org/\r\nHost: a", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org\\@127.0.0.1/", Code.WEBHOOK_URL_MALFORMED),
        ("https://exämple.org/", Code.WEBHOOK_URL_MALFORMED),
        ("https://[::1/", Code.WEBHOOK_URL_MALFORMED),
        ("https://[fe80::1%25eth0]/", Code.WEBHOOK_URL_MALFORMED),
        ("https://a..b/", Code.WEBHOOK_URL_MALFORMED),
        ("https://example.org/" + "a" * 1000, Code.WEBHOOK_URL_MALFORMED),
        ("http://example.org/", Code.WEBHOOK_NOT_HTTPS),
        ("https://me@example.org/", Code.WEBHOOK_HAS_CREDENTIALS),
        ("https://me:secret@example.org/", Code.WEBHOOK_HAS_CREDENTIALS),
    ],
)
def test_what_is_no_address_of_a_webhook_is_told_apart(url: str, code: Code) -> None:
    assert refusal(targets(), url) is code


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "0.0.0.0",
        "192.0.0.192",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2001:0:7f00:1::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_leads_inside_is_refused_even_beside_a_public_address(address: str) -> None:
    assert refusal(targets(address), "https://example.org/") is Code.WEBHOOK_TARGET_PRIVATE
    assert refusal(targets("93.184.215.14", address), "https://example.org/") is Code.WEBHOOK_TARGET_PRIVATE


def test_a_public_address_in_the_dress_of_ipv6_is_public() -> None:
    assert targets("::ffff:93.184.215.14").target("https://example.org/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "localhost.", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"]
)
def test_this_machine_is_refused_under_all_its_names(host: str) -> None:
    assert refusal(Targets(), f"https://{host}/") in (Code.WEBHOOK_TARGET_PRIVATE, Code.WEBHOOK_UNRESOLVED)


def test_a_name_that_nobody_knows_is_told() -> None:
    assert refusal(Targets(), "https://nowhere.invalid/") is Code.WEBHOOK_UNRESOLVED
    assert resolved("a" * 64 + ".invalid", 443) == ()


def test_a_host_that_the_operator_names_may_be_private_and_without_tls() -> None:
    world = targets("10.0.0.7", named="Outil.Intranet, 10.0.0.7:8080")
    assert world.target("http://outil.intranet/a").addresses == (ip_address("10.0.0.7"),)
    assert world.target("https://10.0.0.7:8080/").port == 8080
    assert refusal(world, "https://10.0.0.7/") is Code.WEBHOOK_TARGET_PRIVATE
    assert refusal(world, "http://autre.intranet/") is Code.WEBHOOK_NOT_HTTPS


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "224.0.0.1"])
def test_metadata_is_closed_to_everybody(address: str) -> None:
    assert refusal(targets(address, named="a"), "https://a/") is Code.WEBHOOK_TARGET_PRIVATE
