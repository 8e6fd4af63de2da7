import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type ToolRun, tryTool } from "./tool.ts";

/** A certificate authority of our own, with a publisher and a time-stamping service that it vouches for. */
export interface Authority {
  folder: string;
  root: string;
  publisher: { certificate: string; key: string };
  /** Where its time-stamping service listens, while this process lives. */
  timestamps: string;
}

/** How a file is signed. */
export interface Signing {
  /** With a time of RFC 3161 from the authority's own service. */
  timestamp?: boolean;
  /** Beside the signature that is there, as Windows knows it for a second digest. */
  nested?: boolean;
  digest?: "sha1" | "sha256";
  more?: readonly string[];
}

/** Makes the authority with openssl, in a folder. RSA, since Mono verifies nothing else. */
export function makeAuthority(folder: string): Authority {
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const days = ["-days", "7300"];
  const key = (name: string) => ["-newkey", "rsa:2048", "-noenc", "-keyout", at(`${name}.key`)];
  const root = at("root.pem");
  const ca = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=keyCertSign,cRLSign"];
  run("openssl", [
    "req",
    "-x509",
    ...key("root"),
    "-out",
    root,
    "-subj",
    "/CN=Acme Test Root",
    ...days,
    ...ca,
  ]);
  run("openssl", ["x509", "-in", root, "-outform", "der", "-out", at("root.cer")]);
  const issue = (name: string, extensions: string) => {
    writeFileSync(at(`${name}.ext`), extensions);
    run("openssl", ["req", ...key(name), "-out", at(`${name}.csr`), "-subj", `/CN=Acme Test ${name}`]);
    const signed = ["-CA", root, "-CAkey", at("root.key"), "-CAcreateserial", "-extfile", at(`${name}.ext`)];
    run("openssl", ["x509", "-req", "-in", at(`${name}.csr`), "-out", at(`${name}.pem`), ...signed, ...days]);
    return { certificate: at(`${name}.pem`), key: at(`${name}.key`) };
  };
  const publisher = issue("publisher", "extendedKeyUsage=codeSigning\nkeyUsage=digitalSignature\n");
  issue("timestamps", "extendedKeyUsage=critical,timeStamping\nkeyUsage=digitalSignature\n");
  return { folder, root, publisher, timestamps: startTimestampResponder(folder) };
}

/** Starts the service as a process that ends with this one; returns its address. */
function startTimestampResponder(folder: string): string {
  const service = spawn(process.execPath, [join(import.meta.dirname, "timestamp-responder.ts"), folder], {
    // A stream that it shared with this process would keep the test run waiting for it.
    stdio: "ignore",
  });
  service.unref();
  process.once("exit", () => service.kill());
  const address = join(folder, "service.url");
  const untilMs = performance.now() + 10_000;
  while (!existsSync(address)) {
    if (performance.now() > untilMs) throw new Error("the time-stamping service did not start");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  return readFileSync(address, "utf8");
}

/** Signs a program or an MSI with osslsigncode. */
export function signFile(authority: Authority, from: string, to: string, signing: Signing = {}): void {
  const { publisher, root } = authority;
  const who = ["-certs", publisher.certificate, "-key", publisher.key, "-ac", root];
  const when = signing.timestamp === true ? timestampOptions(authority) : [];
  const how = ["-h", signing.digest ?? "sha256", ...(signing.nested === true ? ["-nest"] : [])];
  // It writes over nothing.
  rmSync(to, { force: true });
  run("osslsigncode", ["sign", ...who, ...how, ...when, ...(signing.more ?? []), "-in", from, "-out", to]);
}

/** The options for a time from the authority's service. */
const timestampOptions = ({ timestamps }: Authority): string[] => ["-ts", timestamps];

/** What `osslsigncode verify` says of every signature in a file. */
export const verifySignature = ({ root }: Authority, file: string): ToolRun =>
  tryTool("osslsigncode", ["verify", "-CAfile", root, "-TSA-CAfile", root, "-in", file]);

/** What Mono's `chktrust` says of a program. The root is trusted in a store of its own. */
export function checkTrust({ folder }: Authority, file: string): ToolRun {
  const env = { HOME: join(folder, "mono"), XDG_CONFIG_HOME: join(folder, "mono", "config") };
  mkdirSync(env.XDG_CONFIG_HOME, { recursive: true });
  run("certmgr", ["-add", "-c", "Trust", join(folder, "root.cer")], { env });
  return tryTool("chktrust", [file], { env });
}
