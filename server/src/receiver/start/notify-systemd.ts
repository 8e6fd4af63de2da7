import { spawn } from "node:child_process";
import type { Environment } from "../../config/load-config.ts";

/** Tells the service manager how the receiver is. Without one nothing is told. */
export interface ServiceManager {
  ready(): void;
  /** The configuration is read anew; `ready` ends it. */
  reloading(): void;
  stopping(): void;
  /** Tells no more that all is well. */
  end(): void;
}

const nobody: ServiceManager = { ready() {}, reloading() {}, stopping() {}, end() {} };

/**
 * Speaks sd_notify(3) to systemd, where it asks for it. Node has no datagram sockets of the local kind, so systemd's own
 * `systemd-notify` says it; the unit needs `NotifyAccess=all`. With a watchdog it is said that all is well twice in its
 * time, by the event loop itself: a loop that hangs says nothing and is restarted.
 */
export function openServiceManager(env: Environment, tell = tellSystemd): ServiceManager {
  if (!env.NOTIFY_SOCKET) return nobody;
  const watchdogMs = Number(env.WATCHDOG_USEC ?? 0) / 1_000;
  let watch: NodeJS.Timeout | undefined;
  return {
    ready() {
      tell(["READY=1", `MAINPID=${process.pid}`], env);
      clearInterval(watch);
      if (watchdogMs > 0) watch = setInterval(() => tell(["WATCHDOG=1"], env), watchdogMs / 2).unref();
    },
    // systemd tells a reload that it asked for from one before by the machine's steady clock.
    reloading: () => tell(["RELOADING=1", `MONOTONIC_USEC=${process.hrtime.bigint() / 1_000n}`], env),
    stopping: () => tell(["STOPPING=1"], env),
    end: () => clearInterval(watch),
  };
}

/** That it cannot be told is no reason to stop: systemd then acts as if nothing was said. */
function tellSystemd(states: readonly string[], env: Environment): void {
  const child = spawn("systemd-notify", [...states], { env: env as NodeJS.ProcessEnv, stdio: "ignore" });
  child.on("error", () => {});
  child.unref();
}
