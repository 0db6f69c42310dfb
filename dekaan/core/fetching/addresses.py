"""Which addresses may be asked for: over the web, on the public internet, and of a named host where there is one."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that are nobody's on the public internet (RFC 6761, RFC 6762, RFC 8375, and what routers and networks use).
_NOT_PUBLIC_NAMES = {
    *("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion"),
    *("invalid", "test"),
}
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_NOT_FOR_ANYBODY = tuple(
    ipaddress.ip_network(each)
    for each in (
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"),
        *("2002::/16", "2001::/23", "fec0::/10", "100::/64", "3fff::/20", "5f00::/16"),
    )
)


class NotAnAddress(Exception):
    """It is no address of a website; the words say why and what to do."""


class NotFetched(Exception):
    """It was not fetched, for that reason, a word of which whoever asked makes a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Address:
    """An address, in parts that have been looked at."""

    scheme: str
    host: str
    path: str  # with the question, as it is sent

    @property
    def whole(self) -> str:
        """As it is written."""
        return f"{self.scheme}://{self.host}{self.path}"

    @property
    def port(self) -> int:
        """The scheme's own."""
        return PORTS[self.scheme]


def address_of(written: str) -> Address:
    """The address in its parts. Raises NotAnAddress, in words."""
    written = written.strip()
    if (
        not written
        or len(written) > LONGEST
        or any(ord(each) < 33 or ord(each) == 127 or each == "\\" for each in written)
    ):
        raise NotAnAddress("This is not an address. Copy it from your browser: it begins with https://.")
    try:
        parts = urlsplit(written)
        port, host = parts.port, parts.hostname or ""
    except ValueError as problem:
        raise NotAnAddress("This is not an address. Copy it from your browser: it begins with https://.") from problem
    if parts.scheme not in PORTS:
        raise NotAnAddress("Only addresses that begin with https:// or http:// are visited.")
    if parts.username is not None or parts.password is not None:
        raise NotAnAddress("The address holds a name or password before an @. Leave that out.")
    if port not in {None, PORTS[parts.scheme]}:
        raise NotAnAddress("The address names a port of its own, and only the web's usual ones are visited.")
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        question = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    except UnicodeError as problem:
        raise NotAnAddress("The address holds letters that no address has. Copy it from your browser.") from problem
    return Address(parts.scheme, _host(host), path + question)


def _host(host: str) -> str:
    """A name of the public internet, in the letters that are asked for. Raises NotAnAddress."""
    try:
        plain = host.rstrip(".").encode("idna").decode("ascii").casefold()
    except UnicodeError as problem:
        raise NotAnAddress("The name of the website is spelt in a way that no website is.") from problem
    labels = plain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(each) for each in labels) or len(plain) > 253:
        raise NotAnAddress("The address needs the name of a website, such as www.ashdown.sch.uk.")
    # 10.0.0.1, 127.1 and 0x7f.1 are addresses of machines, however they are written.
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        raise NotAnAddress("Give the website's name, not the number of a machine.")
    if labels[-1] in _NOT_PUBLIC_NAMES:
        raise NotAnAddress("That name is not on the public internet. Give the address that parents type.")
    return plain


def registered_host(address: str) -> str:
    """The host of the school's website, without www. Raises NotAnAddress."""
    return address_of(address).host.removeprefix("www.")


def on_host(written: str, host: str | None, base: str = "") -> Address:
    """The address, if it is on that host, or on any where none is named. Raises NotFetched."""
    try:
        found = address_of(urljoin(base, written) if base else written)
    except (NotAnAddress, ValueError) as problem:
        raise NotFetched("elsewhere") from problem
    if host is not None and found.host.removeprefix("www.") != host:
        raise NotFetched("elsewhere")
    return found


def is_public(address: str) -> bool:
    """Whether the number of a machine is one of the public internet, and of no network of anybody's own."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in _NAT64):  # the last four bytes are the address that is meant
            return ip in _NAT64[0] and is_public(str(ipaddress.IPv4Address(ip.packed[-4:])))
    if any(ip in network for network in _NOT_FOR_ANYBODY if network.version == ip.version):
        return False
    own = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    return ip.is_global and not own
