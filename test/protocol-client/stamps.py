"""Finds the stamp of a file (PROTOCOL.md, section 7.2), for each kind of file, with the standard library alone."""
import plistlib
import struct

from client import MAGIC, read_frame

ROOM, OID = 4114, bytes.fromhex("061369eadca693dcc8ea9783aaa1b1cb9a8ad38962")


def read_stamp(data):
    """The token, or `absent`, `stamp_damaged`, `container_malformed`, `container_unknown`, `container_unsupported`."""
    if data[:4] == b"\xed\xab\xee\xdb":
        return "container_unsupported"
    find = next((find for knows, find in KINDS.values() if knows(data)), None)
    if find is None:
        return "container_unknown"
    try:
        place = find(data)
    except (IndexError, ValueError, struct.error, plistlib.InvalidFileException):
        return "container_malformed"
    if place is None:
        return "container_unsupported"
    frame = read_frame(place)
    return {"absent": "absent", "damaged": "stamp_damaged"}.get(frame) if isinstance(frame, str) else frame.decode("latin-1")


def placeholder(value):
    """What a place that the vendor made holds: no frame yet, or one with nothing but zeros behind it."""
    if value[:12] != MAGIC or not any(value[12:18]):
        return value if any(value[12:]) else b""
    length = number(value, 12, 2, "big")
    return MAGIC + bytes(6) if any(value[18 + length:]) else value


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
        name, size = data[at:at + 16].rstrip(b" ").rstrip(b"/"), int(within(data, at + 48, 10))
        within(data, at + 60, size)
        if name == b"_tallystick" and size == ROOM:
            return data[at + 60:at + 60 + size]
        at += 60 + size + size % 2
    return b""


def number(data, at, size=4, order="little"):
    if not 0 <= at <= len(data) - size:
        raise ValueError("outside of the file")
    return int.from_bytes(data[at:at + size], order)


def within(data, start, size):
    """A part of the file, which must be there."""
    if start < 0 or start + size > len(data):
        raise ValueError("outside of the file")
    return data[start:start + size]


def der(data, at):
    """Where the content of a DER value begins."""
    return at + 2 + (data[at + 1] & 0x7F if data[at + 1] & 0x80 else 0)


def pe(data):
    header = number(data, 0x3C) + 24
    entry = header + (112 if number(data, header, 2) == 0x20B else 96) + 4 * 8
    table, size = number(data, entry), number(data, entry + 4)
    if size == 0:
        return data[-ROOM:]
    signature = within(data, table, size)
    return attribute(signature) if table + size == len(data) else None


def attribute(signature):
    """The stamp of a signature: what stands in the attribute with the identifier of section 7.1."""
    at = signature.find(OID)
    return signature[der(signature, der(signature, at + len(OID))):] if at >= 0 else b""


def zip_end(data):
    """Where the last end record lies; -1 without one that has room."""
    return data.rfind(b"PK\5\6", max(0, len(data) - 22 - 65535), len(data) - 18)


def ends_as_zip(data):
    end = zip_end(data)
    return end >= 0 and end + 22 + number(data, end + 20, 2) == len(data)


def zip_comment(data):
    if zip_end(data) < 0:
        raise ValueError("an archive without an end")
    if not ends_as_zip(data):
        return None
    return data[-ROOM:] if len(data) - zip_end(data) - 22 >= ROOM else b""


def mac_record(data):
    """The last record of a ZIP's directory where it is that of a macOS app's attributes: where its content lies."""
    end = zip_end(data)
    if data[:4] != b"PK\3\4" or not ends_as_zip(data):
        return None
    size, first = number(data, end + 12), number(data, end + 16)
    if data[end - 20:end - 16] == b"PK\6\7":  # ZIP64: the numbers stand in a record of their own before it.
        end = number(data, end - 12, 8)
        size, first = number(data, end + 40, 8), number(data, end + 48, 8)
    directory = end - size  # A script before the archive moves everything.
    at, last = directory, None
    while at < end and data[at:at + 4] == b"PK\1\2":
        last, at = at, at + 46 + sum(number(data, at + n, 2) for n in (28, 30, 32))
    if last is None:
        return None
    name = data[last + 46:last + 46 + number(data, last + 28, 2)].decode("utf-8", "replace").split("/")
    length, local = number(data, last + 20), number(data, last + 42) + directory - first
    content = local + 30 + number(data, local + 26, 2) + number(data, local + 28, 2)
    fits = name[0] == "__MACOSX" and len(name) in (2, 3) and name[-1].startswith("._") and name[-1].endswith(".app")
    return data[content:content + length] if fits and number(data, last + 10, 2) == 0 and content + length == directory else None


def mac_zip(data):
    content = mac_record(data)
    return placeholder(content[164:]) if b"com.apple.application-instance\0" in content[:164] else b""


def iso_names(record):
    """The names of a directory's record: its own, in both ways of writing, and Rock Ridge's."""
    name = record[33:33 + record[32]]
    own = {name.split(b";")[0].lower(), name.decode("utf-16-be", "ignore").split(";")[0].lower().encode()}
    at = 33 + record[32] + (1 - record[32] % 2)
    while at + 4 < len(record) and record[at + 2] > 3:
        if record[at:at + 2] == b"NM":
            own.add(record[at + 5:at + record[at + 2]].lower())
        at += record[at + 2]
    return own


def iso(data):
    wanted, at = {b"tallystick.token", b"tallysti.tok"}, 32768
    while data[at + 1:at + 6] == b"CD001" and data[at] != 255:
        block = number(data, at + 128, 2)
        start, size = (number(data, at + 156 + n) for n in (2, 10)) if data[at] in (1, 2) else (0, 0)
        start, end = start * block, start * block + size
        while start < end:
            length = number(data, start, 1)
            if length and wanted & iso_names(data[start:start + length]):
                file = number(data, start + 2) * block
                value = within(data, file, number(data, start + 10))
                if value[:12] == MAGIC:
                    return placeholder(value)
            start = start + length if length else (start // 2048 + 1) * 2048
        at += 2048
    field = data[32768 + 883:32768 + 883 + 511]
    return field if field[:12] == MAGIC else b""


ATTRIBUTE = "com.apple.application-instance".encode("utf-16-be")


def dmg(data):
    xml, length = number(data, len(data) - 512 + 216, 8, "big"), number(data, len(data) - 512 + 224, 8, "big")
    fork, raw = number(data, len(data) - 512 + 24, 8, "big"), []
    for table in plistlib.loads(within(data, xml, length))["resource-fork"]["blkx"]:
        mish = table["Data"]
        for at in range(204, 204 + 40 * number(mish, 200, 4, "big"), 40):
            if number(mish, at, 4, "big") == 1:
                first, size = number(mish, at + 24, 8, "big"), number(mish, at + 32, 8, "big")
                raw.append((fork + number(mish, 24, 8, "big") + first, size))
    for first, size in sorted(raw)[-1:]:
        run = data[first:first + size]
        at = run.rfind(bytes([0, len(ATTRIBUTE) // 2]) + ATTRIBUTE)
        if at >= 0:
            value = at + 2 + len(ATTRIBUTE) + 16
            return placeholder(run[value:value + number(run, value - 4, 4, "big")])
    return b""


def msi(data):
    sector = 1 << number(data, 30, 2)
    at = lambda index: within(data, (index + 1) * sector, sector)
    words = lambda text: list(struct.unpack(f"<{len(text) // 4}I", text))
    tables, more = [one for one in words(data[76:512]) if one < 0xFFFFFFFA], number(data, 68)
    while more < 0xFFFFFFFA:
        *listed, more = words(at(more))
        tables += [one for one in listed if one < 0xFFFFFFFA]
    fat = [one for table in tables for one in words(at(table))]
    def chain(index):
        parts = []
        while index < 0xFFFFFFFA:
            if len(parts) > len(fat):
                raise ValueError("a chain without an end")
            parts.append(at(index))
            index = fat[index]
        return b"".join(parts)
    directory = chain(number(data, 48))
    for entry in range(0, len(directory), 128):
        name = directory[entry:entry + number(directory, entry + 64, 2)].decode("utf-16-le", "ignore").rstrip("\0")
        size = number(directory, entry + 120)
        if name == "\5DigitalSignature" and size >= 4096:
            return attribute(chain(number(directory, entry + 116))[:size])
    return b""


KINDS = {
    "pe": (lambda data: data[:2] == b"MZ" and data[number(data, 0x3C):][:4] == b"PE\0\0", pe),
    "msi": (lambda data: data[:8] == bytes.fromhex("d0cf11e0a1b11ae1"), msi),
    "elf": (lambda data: data[:4] == b"\x7fELF", at_end()),
    "deb": (lambda data: data[:21] == b"!<arch>\ndebian-binary", deb),
    "gzip": (lambda data: data[:3] == b"\x1f\x8b\x08",
     at_end(b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x16\x10TK\x12\x10", b"\x03" + bytes(9))),
    "zstd": (lambda data: data[:4] == b"\x28\xb5\x2f\xfd" or (data[1:4] == b"\x2a\x4d\x18" and data[12:16] == b"\x28\xb5\x2f\xfd"),
     at_end(b"\x5b\x2a\x4d\x18\x12\x10\0\0")),
    "iso": (lambda data: data[32768:32774] == b"\1CD001", iso),
    "dmg": (lambda data: data[-512:-504] == b"koly\0\0\0\4", dmg),
    "mac-zip": (lambda data: mac_record(data) is not None, mac_zip),
    "zip": (lambda data: data[:4] in (b"PK\3\4", b"PK\5\6") or ends_as_zip(data), zip_comment),
}
