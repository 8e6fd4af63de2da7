import { createLog, loadConfig, startReceiver } from "@tallystick/server";
import type { Addresses } from "../addresses.ts";
import { type Admin, createAdmin } from "../receiver/admin.ts";
import { type CommandSetting, runTallystick, tallystickEnvironment } from "../receiver/command-line.ts";
import { adminTokenName, webhookSecretName } from "../receiver/receiver-config.ts";
import type { ShopEvent } from "../shop/voices/shop-voice.ts";
import { type ShopKind, voices } from "../shop/voices/voices.ts";

/** The receiver, in this process and on its moved clock, with the doors that everybody else has too. */
export interface PastReceiver {
  addresses: Addresses;
  /** The vendor's API. */
  admin: Admin;
  /** A partner's API, by its key. */
  as(key: string): Admin;
  /** A command of `tallystick`, as the person at the vendor's machine gives it. @throws with what it said */
  command<T>(...words: string[]): Promise<T>;
  /** A shop's signed webhook. @throws when it is not taken */
  tell(shop: ShopKind, event: ShopEvent): Promise<void>;
  /** The renewal link of a copy. Returns the reference that the checkout gets. @throws when there is none */
  click(token: string, licence: string): Promise<string>;
  /** What the SDK tells once a licence is active. */
  register(copy: { token: string; licence: string } | { serial: string }): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on the configuration's database. What it logs as an error is thrown when it stops. */
export async function openPastReceiver(setting: CommandSetting, addresses: Addresses): Promise<PastReceiver> {
  const env = tallystickEnvironment(setting);
  const errors: string[] = [];
  const log = await createLog({ destination: { write: (line) => errors.push(line) }, level: "error" });
  const config = await loadConfig({ file: setting.configFile, env });
  const receiver = await startReceiver({ config, env, log });
  const { receiver: url } = addresses;

  async function post(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${url}${path}`, {
      method: "POST",
      ...init,
      signal: AbortSignal.timeout(60_000),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    await answer.body?.cancel();
    return answer;
  }

  return {
    addresses,
    admin: createAdmin(addresses, setting.secrets[adminTokenName] ?? ""),
    as: (key) => createAdmin(addresses, key),
    command: (...words) => runTallystick(setting, words),
    async tell(shop, event) {
      const secret = setting.secrets[webhookSecretName(shop)] ?? "";
      const headers = { "content-type": "application/json", ...voices[shop].sign(event, secret) };
      await post(`/webhooks/${voices[shop].address?.(secret) ?? shop}`, { headers, body: event.text });
    },
    async click(token, licence) {
      const query = new URLSearchParams({ t: token, l: licence });
      const answer = await fetch(`${url}/r/acme-paint?${query}`, {
        redirect: "manual",
        headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/145.0" },
        signal: AbortSignal.timeout(60_000),
      });
      const reference = new URL(answer.headers.get("location") ?? url).searchParams.get(
        "client_reference_id",
      );
      if (!reference) throw new Error(`the renewal link answered ${answer.status} without a reference`);
      return reference;
    },
    async register(copy) {
      const body = JSON.stringify({ product: "acme-paint", ...copy });
      await post("/v1/registrations", { headers: { "content-type": "application/json" }, body });
    },
    async stop() {
      await receiver.stop();
      if (errors.length > 0) throw new Error(`the receiver logged: ${errors.join("")}`);
    },
  };
}
