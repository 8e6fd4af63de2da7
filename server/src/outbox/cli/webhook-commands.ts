import { type Command, InvalidArgumentError } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand, describeNoun } from "../../cli/describe-command.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { PartnerWebhook } from "../destinations.ts";

/** Adds `partner webhook set`, `show`, `test`, `rotate` and `remove`. */
export function addPartnerWebhookCommands(parent: Command, run: Run): void {
  const noun = describeNoun(parent, "webhook", "the addresses at which partners hear of their credits");
  addSet(noun, run);
  addShow(noun, run);
  addTest(noun, run);
  addRotate(noun, run);
  addRemove(noun, run);
}

function addSet(noun: Command, run: Run): void {
  describeCommand(noun, "set", {
    summary: "set a partner's webhook; its secret is shown once",
    example: "partner webhook set north-shop --url https://north.example/hooks/tallystick",
  })
    .argument("<id>", "the partner's id")
    .requiredOption("--url <address>", "an https address that is on the public Internet")
    .action(
      run(async (cli, partner: string, { url }: { url: string }) => {
        const { setPartnerWebhook } = await import("../destinations.ts");
        const webhook = await cli.withDeps((deps) => setPartnerWebhook(deps, { partner, url }));
        const isNew = "secret" in webhook;
        cli.print(webhook, () => (isNew ? `${webhook.secret}\n` : webhookText(webhook)));
        if (!cli.json)
          cli.say(isNew ? "This is the secret. It is not shown again." : "The secret stays as it is.");
      }),
    );
}

function addShow(noun: Command, run: Run): void {
  describeCommand(noun, "show", {
    summary: "show a partner's webhook",
    example: "partner webhook show north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, partner: string) => {
        const { showPartnerWebhook } = await import("../test-webhook.ts");
        const webhook = await cli.looking((deps) => showPartnerWebhook(deps, partner));
        cli.print(webhook, () => webhookText(webhook));
      }),
    );
}

function addTest(noun: Command, run: Run): void {
  describeCommand(noun, "test", {
    summary: "send a signed test message to a partner's webhook",
    example: "partner webhook test north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, partner: string) => {
        const { testPartnerWebhook } = await import("../test-webhook.ts");
        const { openSender } = await import("../start-outbox.ts");
        const result = await cli.withDeps(async (deps) => {
          const sender = openSender(deps.config);
          return testPartnerWebhook(deps, sender, partner).finally(() => sender.close());
        });
        cli.print(result, () =>
          result.delivered
            ? `Delivered: the address answered ${result.status}.\n`
            : `Not delivered: ${result.problem}.\n`,
        );
        if (!result.delivered) cli.exitWith(1);
      }),
    );
}

function addRotate(noun: Command, run: Run): void {
  describeCommand(noun, "rotate", {
    summary: "give a partner's webhook a new secret; for a while both sign",
    example: "partner webhook rotate north-shop --overlap 72",
  })
    .argument("<id>", "the partner's id")
    .option("--overlap <hours>", "how long the old secret signs too, 0 to 720", readHours, 24)
    .action(
      run(async (cli, partner: string, { overlap }: { overlap: number }) => {
        const { rotatePartnerWebhook } = await import("../destinations.ts");
        const webhook = await cli.withDeps((deps) =>
          rotatePartnerWebhook(deps, { partner, overlapHours: overlap }),
        );
        cli.print(webhook, () => `${webhook.secret}\n`);
        if (cli.json) return;
        const until = webhook.rotatingUntil;
        cli.say(
          `This is the new secret. It is not shown again. ${until === null ? "The old one signs no more." : `The old one signs too until ${formatTime(until)}.`}`,
        );
      }),
    );
}

function addRemove(noun: Command, run: Run): void {
  describeCommand(noun, "remove", {
    summary: "end a partner's webhook; what waits for it is dropped",
    example: "partner webhook remove north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, partner: string) => {
        const { removePartnerWebhook } = await import("../destinations.ts");
        const webhook = await cli.withDeps((deps) => removePartnerWebhook(deps, partner));
        cli.print(webhook, () => `${webhook.partner} hears of nothing any more.\n`);
      }),
    );
}

function webhookText(webhook: PartnerWebhook): string {
  return formatFields([
    ["partner", webhook.partner],
    ["address", webhook.url],
    ["status", webhook.status],
    ["old secret until", webhook.rotatingUntil === null ? null : formatTime(webhook.rotatingUntil)],
    ["set", formatTime(webhook.createdAt)],
    ["changed", formatTime(webhook.changedAt)],
  ]);
}

function readHours(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 720)
    throw new InvalidArgumentError("Expected a number of hours from 0 to 720.");
  return Number(text);
}
