"""One spelling for each page's address, and what belongs to a site. Pure."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

MOST_CHARACTERS = 2000
MOST_SEGMENTS = 15
MOST_REPEATS = 3  # of one segment: /a/b/a/b/a is a link that was meant to be relative to something else
PORTS = {"http": 80, "https": 443}
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
# Who sent the reader here, and who the reader is: the page is the same.
TRACKING = re.compile(
    r"utm_.*|(?:g|fb|ms|y|dc|tw|tt)clid|gclsrc|[gw]braid|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)|mkt_tok|igshid"
    r"|phpsessid|jsessionid|aspsessionid.*|asp\.net_sessionid|session_?id|cfid|cftoken|zenid|oscsid",
    re.IGNORECASE,
)
HEX_SESSION = re.compile(r"[0-9a-fA-F]{16,}")  # the value of `sid`, which elsewhere may be a story
SESSION_IN_PATH = re.compile(r";jsessionid=[^/;?]*", re.IGNORECASE)
# Nothing to read. PDF, office files, e-books and texts are not here.
UNREADABLE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svgz?|ico|bmp|tiff?|psd|eps|heic|mp[34]|m4[av]|mov|avi|mkv|webm|og[gav]|wav"
    r"|flac|aac|wm[av]|flv|zip|gz|tgz|bz2|xz|7z|rar|tar|iso|dmg|exe|msi|apk|deb|rpm|pkg|jar|bin|dll|css|m?js|map"
    r"|wasm|woff2?|ttf|otf|eot|swf|torrent|ics|vcf|p12|crt|sig|asc)",
    re.IGNORECASE,
)
FILE = re.compile(r"/[^/]*\.[a-z]{2,5}", re.IGNORECASE)


def read_address(link: str, base: str = "") -> str | None:
    """A link in its one spelling; None when it leads to no page of the web."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        place = _place(parts)
        path = _without_dots(_escaped(SESSION_IN_PATH.sub("", parts.path)))
        query = _escaped(_query(parts.query))
    except ValueError:
        return None
    address = urlunsplit((parts.scheme, place, path, query, ""))
    return address if place and len(address) <= MOST_CHARACTERS else None


def site_of(address: str) -> str:
    """The host, with its port when that is unusual. `www` makes no other site, nor does https."""
    return urlsplit(address).netloc.removeprefix("www.")


def is_within(address: str, start: str) -> bool:
    """Whether it is on the same site, at or below the place where one starts."""
    if site_of(address) != site_of(start):
        return False
    path, root = urlsplit(address).path, _root(urlsplit(start).path)
    return path == root or path.startswith(f"{root}/")


def is_readable(address: str) -> bool:
    """Whether it may be a text, as far as its ending says."""
    name = urlsplit(address).path.rpartition("/")[2]
    return UNREADABLE.fullmatch(name[name.rfind(".") :] if "." in name else "") is None


def looks_endless(address: str) -> bool:
    segments = [segment for segment in urlsplit(address).path.split("/") if segment]
    most = max((segments.count(segment) for segment in set(segments)), default=0)
    return len(segments) > MOST_SEGMENTS or most >= MOST_REPEATS


def _root(path: str) -> str:
    """The folder that a start names: of `/help/index.html`, `/help/` and `/help` it is `/help`."""
    return (path[: path.rfind("/")] if FILE.fullmatch(path[path.rfind("/") :]) else path).rstrip("/")


def _place(parts: SplitResult) -> str:
    """Host and unusual port; nothing when there is none that may be called."""
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in PORTS or not host or parts.username is not None:
        return ""
    if not host.isascii():
        import idna  # large tables, for few

        host = idna.encode(host, uts46=True).decode()  # its errors are ValueErrors
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _query(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    for name, value in parse_qsl(pair, keep_blank_values=True):
        return bool(TRACKING.fullmatch(name) or (name.lower() == "sid" and HEX_SESSION.fullmatch(value)))
    return False


def _escaped(text: str) -> str:
    """`%7e` is `~`, `é` is `%C3%A9`, and what is escaped stays so."""

    def plain(escape: re.Match[str]) -> str:
        sign = chr(int(escape[1], 16))
        return sign if UNRESERVED.fullmatch(sign) else escape[0].upper()

    return ESCAPE.sub(plain, quote(text, safe="/%:@!$&'()*+,;=~?[]"))


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and path.endswith(("/.", "/..")) else "")
