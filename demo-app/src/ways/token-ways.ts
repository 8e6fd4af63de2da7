import { reseller } from "../cast.ts";
import type { Way } from "./way.ts";

/** The token lies beside the program, as on a partner's own medium or in an archive that was packed for it. */
export const sidecarFile: Way = {
  name: "File on the medium",
  explained: "A small file with the partner’s token lies beside the program on the disc or in the archive.",
  sentence: "The receiver issues a token for this reseller: it goes with every copy she sells.",
  evidence: "token",
  copyKnows: true,
  async sell({ admin }) {
    const { token } = await admin.post<{ token: string }>("/v1/tokens", {
      partner: reseller.id,
      product: "acme-paint",
      batch: "shop-counter",
    });
    return { handout: { sidecar: token }, told: [`a signed token of ${token.length} bytes`] };
  },
};

/** The installer is stamped while it is downloaded; the customer need not do anything, nor can she lose it. */
export const stampedInstaller: Way = {
  name: "Stamped installer",
  explained: "The receiver writes the partner’s token into the one installer while a customer downloads it.",
  sentence: "The customer downloads the installer by her reseller’s link; the receiver stamps it on the way.",
  evidence: "token",
  copyKnows: true,
  async sell({ addresses }) {
    const path = `/d/acme-paint/${reseller.id}`;
    const answer = await fetch(`${addresses.receiver}${path}`, { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const [, name = "Acme-Paint"] =
      /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "") ?? [];
    return {
      handout: { installer: { name, bytes } },
      told: [`GET ${path} gave ${name}, a program of ${bytes.length} bytes with the token inside`],
    };
  },
};
