"""A client of the Tallystick protocol, made from PROTOCOL.md with Python's standard library alone."""
import base64, hashlib, json, re, struct, unicodedata, urllib.parse as url, zlib
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

# Section 2: keys, and Ed25519 (RFC 8032, section 5.1)
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
EIGHTH = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
LOW_Y = {0, 1, P - 1, EIGHTH, P - EIGHTH}
def add(a, b):
    (x, y, z, t), (u, v, w, s) = a, b
    e, f, g, h = (y - x) * (v - u) % P, (y + x) * (v + u) % P, 2 * t * s * D % P, 2 * z * w % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, a):
    r = (0, 1, 1, 0)
    for bit in bin(n)[2:]: r = add(add(r, r), a) if bit == "1" else add(r, r)
    return r
def point(b):
    n = int.from_bytes(b, "little")
    y, sign = n % 2**255, n >> 255
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if x * x % P == xx else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != xx or y >= P or (x == 0 and sign): return None
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P
BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
def confirms(key, signature, text):
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L: return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    (x, y, z, _), (u, v, w, _) = times(s, BASE), add(r, times(k, a))
    return (x * w - u * z) % P == 0 and (y * w - v * z) % P == 0

def matches(pattern, text): return isinstance(text, str) and re.fullmatch(pattern, text, re.ASCII) is not None
def units(text): return len(text.encode("utf-16-le", "surrogatepass")) // 2
def decode(part):
    if len(part) % 4 == 1 or not matches(r"[\w-]+", part): return None
    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    return data if base64.urlsafe_b64encode(data).decode().rstrip("=") == part else None
ID, KID = r"[a-z0-9][a-z0-9._-]{0,63}", r"[A-Za-z0-9._-]{1,64}"
ISSUER = (r"(?=.{1,256}\Z)(https://([a-z0-9._-]+|\[[0-9a-f:.]+\])|http://(localhost|127(\.\d{1,3}){3}|\[::1\]))"
          r'(:\d{1,5})?(/[!"$->@-[\]-~]*[!"$-.0->@-[\]-~])?')
INVISIBLE = "[^\0-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
def read_keys(given):
    keys, listed = {}, given.get("keys") if isinstance(given, dict) else None
    if not isinstance(listed, list): return "keys_malformed"
    for jwk in listed:
        if not isinstance(jwk, dict) or not isinstance(jwk.get("kty"), str): return "keys_malformed"
        if "d" in jwk or "k" in jwk: return "key_private"
        if jwk["kty"] != "OKP" or jwk.get("crv") != "Ed25519": continue
        if not matches(KID, jwk.get("kid")): return "key_id_refused"
        x = decode(jwk["x"]) if matches(r"[\w-]{43}", jwk.get("x")) else None
        y = int.from_bytes(x or b"", "little") % 2**255
        if x is None or y >= P or y in LOW_Y or jwk.get("use", "sig") != "sig" \
           or jwk.get("alg", "EdDSA") not in ("EdDSA", "Ed25519"): return "key_refused"
        if jwk["kid"] in keys: return "key_id_repeated"
        keys[jwk["kid"]] = x
    return keys

# Section 3: tokens
def minimal_json(data):
    try:
        text, value = data.decode(), json.loads(data)
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return value if isinstance(value, dict) and written == text else {}
    except (ValueError, RecursionError): return {}
def read_token(text, keys, issuer, product, now):
    if text == "": return "token_missing"
    if len(text) > 1024: return "token_too_long"
    parts = [decode(part) for part in text.split(".")]
    if not matches(r"[\w-]+\.[\w-]+\.[\w-]{86}", text) or None in parts: return "token_malformed"
    header, claims = minimal_json(parts[0]), minimal_json(parts[1])
    if set(header) != {"alg", "typ", "kid"} or header["alg"] not in ("Ed25519", "EdDSA") \
       or header["typ"] != "attribution+jwt" or not matches(KID, header["kid"]): return "token_header_refused"
    names, second = set(claims), lambda n: type(claims.get(n)) is int and 0 <= claims[n] <= 253402300799
    if names - {"exp", "batch"} != {"iss", "aud", "sub", "jti", "iat"} or not matches(ISSUER, claims["iss"]) \
       or not matches(ID, claims["aud"]) or not matches(ID, claims["sub"]) or not matches(KID, claims["jti"]) \
       or not second("iat") or ("exp" in names and not (second("exp") and claims["exp"] > claims["iat"])) \
       or ("batch" in names and not matches(INVISIBLE + "{1,64}", claims["batch"])): return "token_claims_refused"
    if header["kid"] not in keys: return "token_key_unknown"
    if not confirms(keys[header["kid"]], parts[2], text[:-87].encode()): return "token_signature_invalid"
    if claims["iss"] != issuer: return "token_issuer_mismatch"
    if claims["aud"] != product: return "token_product_mismatch"
    if claims["iat"] > now + 300: return "token_not_yet_valid"
    return "token_expired" if claims.get("exp", now + 1) <= now else claims

# Sections 4 and 6: links
def plain(text, most): return isinstance(text, str) and 0 < units(text) <= most and not re.search("[\0-\x1f\x7f-\x9f]", text)
def encode(text): return url.quote(re.sub("[\ud800-\udfff]", "\ufffd", text), safe="-_.!~*'()")
def write_link(receiver, product, **given):
    names = (("t", "token", 1024), ("l", "licence", 256), ("e", "email", 320))
    pairs = [f"{short}={encode(given[name])}" for short, name, most in names if plain(given.get(name), most)]
    return f"{receiver.rstrip('/')}/r/{encode(product)}" + ("?" + "&".join(pairs) if pairs else "")
def read_link(query):
    first = dict(reversed(url.parse_qsl(query, keep_blank_values=True, errors="replace")))
    limits = (("t", "token", None), ("l", "licence", 256), ("e", "email", 320))
    return {name: first[short] for short, name, most in limits
            if first.get(short) and (most is None or plain(first[short], most))}
def shop_address(address, **set_to):
    parts, pairs = url.urlsplit(address), []
    for name, value in [*url.parse_qsl(parts.query, keep_blank_values=True), *set_to.items()]:
        if name not in dict(pairs): pairs.append((name, set_to.get(name) or value))
    return parts._replace(query=url.urlencode(pairs, safe="*").replace("~", "%7E")).geturl()

# Sections 5 and 8: answers to a registration, and to a voucher
def judge_answer(request, status, headers, body):
    body = body if isinstance(body, dict) else {}
    if 400 <= status < 500 and status not in (408, 429):
        return {"code": "refused", "status": status,
                "because": body["code"] if matches(r"[\w.-]{1,64}", body.get("code")) else f"http_{status}"}
    partner, state, bound, name = (body.get(one) for one in ("partner", "status", "boundAt", "partnerName"))
    good, token = status == 200 and body.get("product") == request["product"], body.get("token")
    token = {"token": token} if isinstance(token, str) else {}
    if good and "code" in request and matches(ID, partner) and isinstance(body.get("serial"), str) and body["serial"]:
        return {"code": "answered", "serial": body["serial"], "partner": partner, **token}
    if good and "code" not in request and moment(bound) and "T" in bound \
       and state in ("bound", "already_bound", "conflict", "unassigned") \
       and (matches(ID, partner) or (partner is None and state == "unassigned")):
        return {"code": "answered", "partner": partner, "status": state, "boundAt": bound, **token,
                **({"partnerName": name} if matches(INVISIBLE + "{1,200}", name) else {})}
    wait, answer = headers.get("retry-after", ""), {"code": "again"}
    try: seconds = int(wait) if wait.isdigit() else \
        (parsedate_to_datetime(wait) - parsedate_to_datetime(headers["date"])).total_seconds()
    except (KeyError, TypeError, ValueError): return answer
    return {**answer, "retryAfterSeconds": min(max(seconds, 0), 86400)}

# Section 7: frames
MAGIC = b"TALLYSTICK\n\x01"
def read_frame(data):
    if data[:12] != MAGIC: return "absent"
    length, crc = struct.unpack(">HI", data[12:18]) if len(data) >= 18 else (0, 0)
    whole = 0 < length <= 4096 and len(data) >= 18 + length and zlib.crc32(data[18:18 + length]) == crc
    return data[18:18 + length] if whole else "damaged"

# Section 8: vouchers
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
def read_voucher(typed):
    drop = lambda c: unicodedata.category(c) in ("Zs", "Pd", "Cf") or c in "\t\n\v\f\r\u2028\u2029\u2212_."
    upper = "".join(c.upper() if "a" <= c <= "z" else c for c in typed if not drop(c))
    code, check = upper.translate(str.maketrans("OIL", "011")), 0
    if units(typed) > 200 or len(code) != 20 or set(code) - set(SYMBOLS): return None
    for symbol in code: check = (check << 1 ^ (0b100101 if check & 16 else 0)) ^ SYMBOLS.index(symbol)
    return None if check else code

# Section 10: licences, status and reminders
DAY, STAGES = timedelta(days=1), (30, 14, 7, 3, 1, 0, -3, -7, -14)
def moment(text):
    pattern = r"(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?"
    try: return datetime.fromisoformat(text.replace("Z", "+00:00")) if matches(pattern, text) else None
    except ValueError: return None
def licence_fault(value):
    if not isinstance(value, dict): return "licence"
    ends, email = value.get("expiresAt", ""), value.get("email")
    faults = {"id": not plain(value.get("id"), 256), "expiresAt": ends is not None and moment(ends) is None,
              "willRenew": type(value.get("willRenew", False)) is not bool,
              "billingProblem": type(value.get("billingProblem", False)) is not bool,
              "email": "email" in value and not plain(email, 320)}
    return next((name for name, wrong in faults.items() if wrong), None)
class Term:
    """What is known of a licence at a moment, in one time zone."""
    def __init__(self, licence, now, timeZone, graceDays, lastSeenAt, **_):
        self.zone, seen = ZoneInfo(timeZone), moment(lastSeenAt or "1970-01-01T00:00:00Z")
        self.set_back, self.now = seen - moment(now) > DAY, max(moment(now), seen)
        self.renews, self.problem = bool((licence or {}).get("willRenew")), bool((licence or {}).get("billingProblem"))
        self.ends = moment(licence["expiresAt"]) if licence and licence["expiresAt"] else None
        if self.ends is None: return
        self.dated = len(licence["expiresAt"]) == 10
        self.last = self.ends.date() if self.dated else self.ends.astimezone(self.zone).date()
        self.ends = self.start(self.last + DAY) if self.dated else self.ends
        self.grace_ends = self.start(self.last + (graceDays + 1) * DAY) if graceDays else self.ends
        self.left = (self.last - self.today(self.now)).days
    def today(self, instant): return instant.astimezone(self.zone).date()
    def start(self, day): return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(timezone.utc)
def status(given):
    term, state, left, ends = Term(**given), "perpetual" if given["licence"] else "unknown", None, None
    if term.ends:
        near, lapses = term.left <= 30 and (not term.renews or term.problem), term.ends + (DAY if term.renews else 0 * DAY)
        state = ("expiring" if near else "active") if term.now < lapses else \
            "inGrace" if term.now < term.grace_ends else "expired"
        left, ends = max(0, term.left), term.grace_ends.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {"state": state, "daysRemaining": left, "graceEndsAt": ends, "willRenew": term.renews,
            "clockSetBack": term.set_back}
def reminder(given):
    term, past = Term(**given), given["history"]
    if term.ends is None or (term.renews and not term.problem) or term.now >= max(term.ends, term.grace_ends): return None
    stage = next((one for one in reversed(STAGES) if term.left <= one), None)
    shown, snoozed = (moment(past[name]) if past[name] else None for name in ("shownAt", "snoozedUntil"))
    if stage is None or given["shownSinceStart"] or (shown and term.today(shown) == term.today(term.now)): return None
    put_off = term.now < snoozed if snoozed else past["shownStage"] is not None and past["shownStage"] <= stage
    if past["declined"] or put_off: return None
    latest = term.ends if term.now < term.ends else term.grace_ends
    ends = {"1d": term.now + DAY, "3d": term.now + 3 * DAY}
    if stage != STAGES[-1]: ends["next_stage"] = term.start(term.last - STAGES[STAGES.index(stage) + 1] * DAY)
    return {"stage": stage, "reason": "billing_problem" if term.renews else "expiring",
            "urgency": "high" if stage <= 1 else "medium" if stage <= 7 or term.renews else "low",
            "snoozeOptions": [name for name, end in ends.items() if end <= latest]}
