import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = join(root, `var/examples-${process.pid}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = ["README.md", "sdk/README.md", "server/README.md", "sdk/src/protocol/PROTOCOL.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
);

/** What an example in a comment takes for granted: the names it stands beside, and the vendor's own values. */
const commentsStandIn = `
import { createRenewalClient, type RenewalClient } from "@tallystick/sdk";
import { answerPrompt, dueNotices, loadLanguage, promptView, type PromptView } from "@tallystick/sdk/prompt";
import { askInTerminal } from "@tallystick/sdk/prompt/terminal";
import { createKeySet, verifyToken, type JsonWebKeySet } from "@tallystick/sdk/protocol";
declare const client: RenewalClient;
declare const shown: PromptView;
declare const jwks: JsonWebKeySet;
declare const text: string;
`;

/** The keys a vendor builds in, as an example imports them. */
const jwks = {
  keys: [{ kty: "OKP", crv: "Ed25519", kid: "key-1", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }],
};

/** The TypeScript examples of a page, each as a module of its own. */
function examplesOf(page: string): { name: string; text: string }[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example], index) => ({
    name: `${page.replaceAll(/[^a-zA-Z]/g, "-")}-${index + 1}.ts`,
    text: `${example}\nexport {};\n`,
  }));
}

/** Examples in doc comments of what the SDK exports. */
function examplesInComments(): { name: string; text: string }[] {
  return readdirSync(join(root, "sdk/src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .flatMap((path) => {
      const text = readFileSync(join(root, "sdk/src", path), "utf8");
      return [...text.matchAll(/^[ \t]*\* ```ts\n([\s\S]*?)^[ \t]*\* ```/gm)].map(([, example], index) => ({
        name: `comment-${path.replaceAll(/[^a-zA-Z]/g, "-")}-${index + 1}.ts`,
        text: `${commentsStandIn}${(example ?? "").replaceAll(/^[ \t]*\* ?/gm, "")}\nexport {};\n`,
      }));
    });
}

describe("the examples", () => {
  it("of the README, the guides and the SDK's comments compile", () => {
    mkdirSync(folder, { recursive: true });
    const examples = [...pages.flatMap(examplesOf), ...examplesInComments()];
    expect(examples.length).toBeGreaterThan(2);
    writeFileSync(join(folder, "jwks.json"), JSON.stringify(jwks));
    const declarations = readdirSync(join(root, "server/src"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".d.ts"))
      .map((path) => join(root, "server/src", path));
    const files = examples.map(({ name, text }) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const program = ts.createProgram([...files, ...declarations], {
      ...options,
      noUnusedLocals: false,
      noUnusedParameters: false,
    });
    // The sources themselves are another check's: here they only give their types.
    const found = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))),
    ];
    const problems = found.map((problem) => {
      const where = problem.file === undefined ? "" : relative(root, problem.file.fileName);
      return `${where}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`;
    });
    expect(problems).toEqual([]);
  });
});
