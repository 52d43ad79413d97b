"""Which addresses of the network a webhook may be sent to: public ones, and those that an operator names."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
MAPPED = ip_network("::ffff:0:0/96")
CLOSED = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers (RFC 6598); a cloud keeps its metadata there
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "168.63.129.16/32",  # public by its number, and the inside of a cloud
        # of 2000::/3, what holds an address of IPv4, or leads nowhere
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)
NEVER = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",
        "169.254.0.0/16",  # link-local, the metadata of clouds among them
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
        "::/128",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "fd00:ec2::/32",  # the metadata of a cloud again
        "fe80::/10",
        "ff00::/8",
    )
)
"""Closed even to a host that the operator names."""
PUBLIC = IPv6Network("2000::/3")
"""All of IPv6 that is given out; NAT64, mapped, local and multicast addresses are elsewhere."""


def is_allowed(address: Address, is_named: bool) -> bool:
    """Whether one may connect there; `is_named` where the operator named the host."""
    real = _unwrapped(address)
    if any(real in network for network in NEVER):
        return False
    return is_named or _is_public(real)


def _is_public(address: Address) -> bool:
    if any(address in network for network in CLOSED):
        return False
    return address in PUBLIC if isinstance(address, IPv6Address) else address.is_global


def _unwrapped(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 stands for."""
    return ip_address(int(address) & 0xFFFF_FFFF) if address in MAPPED else address
