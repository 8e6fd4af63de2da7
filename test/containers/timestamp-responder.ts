import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

// A time-stamping service as osslsigncode asks one (RFC 3161, section 3.4), with openssl to answer. A process of its
// own, since the tests wait for their tools without letting anything else run.
const [folder = ""] = process.argv.slice(2);
const at = (name: string) => join(folder, name);
writeFileSync(
  at("service.cnf"),
  `[tsa]
default_tsa = service
[service]
serial = ${at("service.serial")}
signer_cert = ${at("timestamps.pem")}
signer_key = ${at("timestamps.key")}
certs = ${at("root.pem")}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
ess_cert_id_alg = sha256
`,
);

const server = createServer(async (request, response) => {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  writeFileSync(at("service.query"), Buffer.concat(pieces));
  const reply = ["ts", "-reply", "-config", at("service.cnf"), "-queryfile", at("service.query")];
  execFileSync("openssl", [...reply, "-out", at("service.reply")], { stdio: "ignore" });
  response.setHeader("content-type", "application/timestamp-reply");
  response.end(readFileSync(at("service.reply")));
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  writeFileSync(at("service.part"), `http://127.0.0.1:${port}/`);
  renameSync(at("service.part"), at("service.url"));
});

// Whoever started it may be killed.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit();
}, 500);
