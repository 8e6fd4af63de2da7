"""Runs the protocol's vectors: `python3 run_vectors.py FOLDER`. Prints as JSON how many agreed, and what differs."""
import base64, gzip, json, pathlib, sys
import client, stamps

folder, agreed, differing = pathlib.Path(sys.argv[1]), {}, []


def vectors(name, member="vectors"):
    return json.loads((folder / f"{name}.json").read_text())[member]


def compare(name, vector, got, expected):
    if got == expected:
        agreed[name] = agreed.get(name, 0) + 1
    else:
        differing.append({"file": name, "vector": vector, "got": repr(got)[:300], "expected": repr(expected)[:300]})


keys = client.read_keys(vectors("tokens", "keys"))
wanted = vectors("tokens", "expected")
for one in vectors("tokens"):
    got = client.read_token(one["token"], keys, wanted["issuer"], wanted["product"], wanted["nowMs"] / 1000)
    compare("tokens", one["name"], got, one.get("accepted", one.get("code")))
for one in vectors("key-sets"):
    got = client.read_keys(one["set"])
    compare("key-sets", one["name"], list(got) if isinstance(got, dict) else got, one.get("kids", one.get("code")))
for one in vectors("links"):
    compare("links", one["link"], client.write_link(**one["parts"]), one["link"])
    compare("links", one["link"], client.read_link(one["link"].partition("?")[2]), one["read"])
for one in vectors("links", "queries"):
    compare("links", one["query"], client.read_link(one["query"]), one["read"])
for one in vectors("links", "shops"):
    address = one.pop("address")
    compare("links", address, client.shop_address(one.pop("shopUrl"), **one), address)
for one in vectors("registrations"):
    answer = one["answer"]
    got = client.judge_answer(one["request"], answer["status"], answer.get("headers", {}), answer["body"])
    compare("registrations", one["name"], got, one["result"])
for one in vectors("stamp-frames"):
    got = client.read_frame(bytes.fromhex(one["bytes"]))
    compare("stamp-frames", one["name"], got.hex() if isinstance(got, bytes) else got, one.get("payload", one.get("code")))
for one in vectors("stamps"):
    got = stamps.read_stamp(gzip.decompress(base64.b64decode(one["file"])))
    compare("stamps", one["name"], got, one.get("token", one.get("code")))
for one in vectors("vouchers"):
    compare("vouchers", one["name"], client.read_voucher(one["typed"]), one["code"])
for one in vectors("vouchers", "answers"):
    answer = one["answer"]
    got = client.judge_answer(one["request"], answer["status"], answer.get("headers", {}), answer["body"])
    compare("vouchers", one["name"], got, one["result"])
for one in vectors("vouchers", "keys"):
    compare("vouchers", one["key"], client.matches(r"[\w-]{22,64}", one["key"]), one["accepted"])
for one in vectors("statuses"):
    fault = client.licence_fault(one["licence"]) if one["licence"] is not None else None
    if "refused" in one:
        compare("statuses", one["name"], fault, one["refused"])
    else:
        compare("statuses", one["name"], fault or client.status(one), one["status"])
for one in vectors("reminders"):
    compare("reminders", one["name"], client.reminder(one), one["reminder"])
print(json.dumps({"agreed": agreed, "differing": differing}))
sys.exit(1 if differing else 0)
