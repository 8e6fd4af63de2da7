import { describe, expect, it } from "vitest";
import { createSharedTurn, WriteTurn } from "./write-turn.ts";

const connections = (count: number) => {
  const shared = createSharedTurn();
  return Array.from({ length: count }, () => new WriteTurn(shared));
};

describe("the turn to write", () => {
  it("is had at once when nobody has it, again and again", () => {
    const [one] = connections(1);
    for (let round = 0; round < 3; round++) {
      expect(one?.take()).toBeUndefined();
      one?.pass();
    }
  });

  it("goes to who came first, however often the others come again", async () => {
    const order: string[] = [];
    let inside = 0;
    const write = async (turn: WriteTurn, name: string) => {
      for (let round = 0; round < 50; round++) {
        await turn.take();
        inside += 1;
        expect(inside).toBe(1);
        order.push(name);
        await new Promise(setImmediate);
        inside -= 1;
        turn.pass();
      }
    };
    const names = ["a", "b", "c"];
    const turns = connections(names.length);
    await Promise.all(turns.map((turn, index) => write(turn, names[index] ?? "")));
    expect(order.join("")).toBe("abc".repeat(50));
  });
});
