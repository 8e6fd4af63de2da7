import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../http/open-app.ts";
import { type ReceiverProcess, startProcess } from "../http/receiver-process.ts";

describe("a receiver that is killed", () => {
  it("still refuses whoever had used up a limit, from its first answer on", async () => {
    const { folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const first = await start(folder);
    const answers: Answer[] = [];
    for (let tried = 0; tried < 62; tried++) answers.push(await guess(first.url, tried));
    expect(answers.map(({ status }) => status)).toEqual([...Array(60).fill(404), 429, 429]);
    first.receiver.child.kill("SIGKILL");
    await first.receiver.ended;
    const second = await start(folder);
    const after = await guess(second.url, 63);
    expect(after.status).toBe(429);
    expect(after.retryAfter).toBeGreaterThan(0);
    expect(after.retryAfter).toBeLessThanOrEqual(answers[60]?.retryAfter ?? 0);
  });
});

interface Answer {
  status: number;
  retryAfter: number;
}

async function start(folder: string): Promise<{ receiver: ReceiverProcess; url: string }> {
  const receiver = await startProcess(folder);
  onTestFinished(async () => {
    receiver.child.kill("SIGKILL");
    await receiver.ended;
  });
  return { receiver, url: String((await receiver.hears("server.listening")).url) };
}

async function guess(url: string, number: number): Promise<Answer> {
  const response = await fetch(`${url}/v1/vouchers/redeem`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": `192.0.2.${number}` },
    body: JSON.stringify({ product: "acme-paint", code: `guess ${number}` }),
  });
  await response.arrayBuffer();
  return { status: response.status, retryAfter: Number(response.headers.get("retry-after")) };
}
