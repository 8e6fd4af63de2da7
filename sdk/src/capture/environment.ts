import type { Carrier } from "./carrier.ts";

/** The environment variable `TALLYSTICK_TOKEN`: for containers and unattended installs. */
export const environmentCarrier: Carrier = {
  name: "environment",
  look({ env }) {
    const where = "TALLYSTICK_TOKEN";
    const text = env[where]?.trim();
    return [text ? { where, text } : { where, code: "absent" }];
  },
};
