import { Agent, fetch } from "undici";

/** One try to hand a message over. */
interface Attempt {
  at: Date;
  /** The answer's status, or why there was none. */
  outcome: number | string;
}

/** A message on its way, with all that happened to it. */
export interface Delivery {
  id: string;
  /** What the message is, such as `charge.refunded`. */
  type: string;
  /** The order it is about. */
  order: string;
  since: Date;
  attempts: Attempt[];
  state: "waiting" | "delivered" | "given_up";
  /** Set while it waits for its next try. */
  nextAttemptAt?: Date;
}

/** What is to be delivered. */
interface Message {
  id: string;
  type: string;
  order: string;
  text: string;
}

/** Delivers messages at least once, the way shops do: any answer but 2xx is tried again, later each time. */
export interface Courier {
  send(message: Message): Delivery;
  /** Tries a message again at once, also one that was given up. */
  sendAgain(id: string): void;
  /** The oldest first. */
  deliveriesOf(order: string): Delivery[];
  /** Stops trying; nothing is sent afterwards. */
  stop(): void;
}

/** What a courier needs. */
export interface CourierOptions {
  address: string;
  /** Makes the headers anew for each try, since a signature carries its time. */
  sign(message: { id: string; type: string; text: string }): Record<string, string>;
  /** Waits between tries, in milliseconds; afterwards the message is given up. */
  waitsMs?: readonly number[];
}

const answerWithinMs = 5_000;
const network = new Agent({ connect: { timeout: 2_000 }, headersTimeout: answerWithinMs });
const patientWaitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000, 60_000];

/** Opens a courier to one address. */
export function createCourier({ address, sign, waitsMs = patientWaitsMs }: CourierOptions): Courier {
  const consignments = new Map<string, { message: Message; delivery: Delivery }>();
  const timers = new Map<string, NodeJS.Timeout>();
  const underway = new Set<string>();
  let stopped = false;

  async function tryOnce(message: Message, delivery: Delivery): Promise<void> {
    if (underway.has(message.id)) return;
    clearTimeout(timers.get(message.id));
    timers.delete(message.id);
    delete delivery.nextAttemptAt;
    underway.add(message.id);
    const outcome = await post(address, message.text, sign(message));
    underway.delete(message.id);
    delivery.attempts.push({ at: new Date(), outcome });
    if (typeof outcome === "number" && outcome >= 200 && outcome < 300) {
      delivery.state = "delivered";
      return;
    }
    const waitMs = waitsMs[delivery.attempts.length - 1];
    if (stopped || waitMs === undefined) {
      delivery.state = "given_up";
      return;
    }
    delivery.nextAttemptAt = new Date(Date.now() + waitMs);
    timers.set(
      message.id,
      setTimeout(() => void tryOnce(message, delivery), waitMs),
    );
  }

  return {
    send(message) {
      const { id, type, order } = message;
      const delivery: Delivery = { id, type, order, since: new Date(), attempts: [], state: "waiting" };
      consignments.set(id, { message, delivery });
      void tryOnce(message, delivery);
      return delivery;
    },
    sendAgain(id) {
      const consignment = consignments.get(id);
      if (consignment === undefined || stopped) return;
      consignment.delivery.state = "waiting";
      void tryOnce(consignment.message, consignment.delivery);
    },
    deliveriesOf: (order) =>
      [...consignments.values()]
        .map(({ delivery }) => delivery)
        .filter((delivery) => delivery.order === order),
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

async function post(
  address: string,
  text: string,
  headers: Record<string, string>,
): Promise<Attempt["outcome"]> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
      body: text,
      redirect: "manual",
      dispatcher: network,
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch (cause) {
    return whyNoAnswer(cause);
  }
}

function whyNoAnswer(cause: unknown): string {
  const error = cause as { name?: string; cause?: { code?: string } };
  if (error.name === "TimeoutError") return `no answer within ${answerWithinMs / 1000} s`;
  return error.cause?.code === "ECONNREFUSED" ? "nobody is listening" : "no connection";
}
