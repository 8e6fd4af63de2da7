"""Finds the stamp of a file (PROTOCOL.md, section 7.2), for each kind of file, with the standard library alone."""
from client import MAGIC, read_frame

ROOM, OID = 4114, bytes.fromhex("061369eadca693dcc8ea9783aaa1b1cb9a8ad38962")


def read_stamp(data):
    """The token, or `absent`, `stamp_damaged`, `container_unknown`, `container_unsupported`."""
    if data[:4] == b"\xed\xab\xee\xdb":
        return "container_unsupported"
    place = next((find(data) for knows, find in KINDS.values() if knows(data)), None)
    if place is None:
        return "container_unknown"
    frame = read_frame(place)
    return {"absent": "absent", "damaged": "stamp_damaged"}.get(frame) if isinstance(frame, str) else frame.decode("latin-1")


def at_end(before=b"", after=b""):
    """A place of 4,114 bytes at the end, with what stands before and behind it."""
    def find(data):
        place = data[-ROOM - len(after):len(data) - len(after)]
        framed = data.endswith(after) and data[:len(data) - len(after) - ROOM].endswith(before)
        return place if framed else b""
    return find


def deb(data):
    at = 8
    while at < len(data):
        name, size = data[at:at + 16].rstrip(b" ").rstrip(b"/"), int(data[at + 48:at + 58])
        if name == b"_tallystick" and size == ROOM:
            return data[at + 60:at + 60 + size]
        at += 60 + size + size % 2
    return b""


def number(data, at, size=4, order="little"):
    return int.from_bytes(data[at:at + size], order)


def der(data, at):
    """Where the content of a DER value begins."""
    return at + 2 + (data[at + 1] & 0x7F if data[at + 1] & 0x80 else 0)


def pe(data):
    header = number(data, 0x3C) + 24
    entry = header + (112 if number(data, header, 2) == 0x20B else 96) + 4 * 8
    table, size = number(data, entry), number(data, entry + 4)
    if size == 0:
        return data[-ROOM:]
    at = data.find(OID, table, table + size)
    return data[der(data, der(data, at + len(OID))):] if at >= 0 else b""


def zip_end(data):
    at = data.rfind(b"PK\5\6")
    while at >= 0 and at + 22 + number(data, at + 20, 2) != len(data):
        at = data.rfind(b"PK\5\6", 0, at)
    return at


def zip_comment(data):
    return data[-ROOM:] if len(data) - zip_end(data) - 22 >= ROOM else b""


def is_mac_zip(data):
    """An app in a ZIP file, whose place is another one, which is not read here."""
    return b".app/Contents/" in data


KINDS = {
    "pe": (lambda data: data[:2] == b"MZ" and data[number(data, 0x3C):][:4] == b"PE\0\0", pe),
    "elf": (lambda data: data[:4] == b"\x7fELF", at_end()),
    "deb": (lambda data: data[:21] == b"!<arch>\ndebian-binary", deb),
    "gzip": (lambda data: data[:3] == b"\x1f\x8b\x08",
     at_end(b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x16\x10TK\x12\x10", b"\x03" + bytes(9))),
    "zstd": (lambda data: data[:4] == b"\x28\xb5\x2f\xfd" or (data[1:4] == b"\x2a\x4d\x18" and data[12:16] == b"\x28\xb5\x2f\xfd"),
     at_end(b"\x5b\x2a\x4d\x18\x12\x10\0\0")),
    "zip": (lambda data: zip_end(data) >= 0 and not is_mac_zip(data), zip_comment),
}
