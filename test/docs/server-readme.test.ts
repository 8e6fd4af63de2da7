import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../server/src/receiver/commands/program.ts";
import { openApp } from "../http/open-app.ts";

const readme = readFileSync(join(import.meta.dirname, "../../server/README.md"), "utf8");
const section = (title: string) => readme.split(`## ${title}`)[1]?.split("\n## ")[0] ?? "";

/** What is asked of a command of commander's. */
interface Command {
  name(): string;
  readonly commands: readonly Command[];
}

/** The names of all commands, groups left out: `partner key issue`. */
function namesOf(command: Command, path: readonly string[] = []): string[] {
  return command.commands.flatMap((one) => {
    const names = [...path, one.name()];
    return one.commands.length > 0 ? namesOf(one, names) : [names.join(" ")];
  });
}

describe("the server's README", () => {
  let receiver: Awaited<ReturnType<typeof openApp>>;
  beforeAll(async () => {
    receiver = await openApp();
  });
  afterAll(() => receiver.close());

  it("names every command", async () => {
    const { stdin, stdout, stderr } = process;
    const program = await createProgram(
      { env: {}, stdin, stdout, stderr, name: "tallystick" },
      () => async () => {},
      { whole: true },
    );
    const text = section("Commands");
    // `partner webhook show`, `test`, … are told in one breath, and `stamp FILE` is short for `stamp write FILE`.
    const isTold = (name: string) => {
      if (name === "stamp write") return true;
      const words = name.split(" ");
      const group = text.split("\n").find((line) => line.includes(`\`${words.slice(0, -1).join(" ")} `));
      const [verb] = words.slice(-1);
      return new RegExp(`\`${name}[ \`]`).test(text) || group?.includes(`\`${verb}\``) === true;
    };
    expect(namesOf(program).length).toBeGreaterThan(40);
    expect(namesOf(program).filter((name) => name !== "help" && !isTold(name))).toEqual([]);
  });

  it("names every route, or what it begins with", async () => {
    const document = (await (await receiver.app.request("/openapi.json")).json()) as { paths: object };
    const told = [...section("Routes").matchAll(/(?:`|GET |POST )(\/[^`\s]*)/g)].map(([, path = ""]) => path);
    const isTold = (path: string) => told.some((one) => path.startsWith(one.replace(/…$/, "")));
    expect(told.length).toBeGreaterThan(15);
    expect(Object.keys(document.paths).filter((path) => !isTold(path))).toEqual([]);
  });
});
