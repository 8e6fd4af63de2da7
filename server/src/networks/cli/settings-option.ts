import { InvalidArgumentError } from "commander";

/** Reads NAME=VALUE, one option after the other. */
export function readSetting(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([a-z][A-Za-z0-9_]{0,39})=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Expected NAME=VALUE, such as id=12345.");
  return { ...before, [name]: value };
}
