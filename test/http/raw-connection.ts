import { connect, type Socket } from "node:net";

/** A connection that says exactly what it is told to, and keeps what it hears. */
export interface RawConnection {
  socket: Socket;
  send(text: string | Uint8Array): void;
  /** Everything heard so far, as Latin-1. */
  heard(): string;
  /** Resolves once what was heard matches; rejects when the other side closes before. */
  hears(pattern: RegExp): Promise<string>;
  /** Resolves when the other side has closed; `reset` tells how. */
  closed(): Promise<{ heard: string; reset: boolean }>;
}

/** Opens a connection to a port of this machine. */
export async function openConnection(port: number): Promise<RawConnection> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  let reset = false;
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    heard += text;
  });
  socket.on("error", () => {
    reset = true;
  });
  const end = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  await new Promise<void>((resolve, reject) => socket.on("connect", resolve).on("error", reject));
  const hears = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(heard)) {
      if (socket.closed) throw new Error(`heard only ${JSON.stringify(heard.slice(0, 500))}`);
      await Promise.race([new Promise((resolve) => socket.once("data", resolve)), end]);
    }
    return heard;
  };
  return {
    socket,
    send: (text) => void socket.write(text),
    heard: () => heard,
    hears,
    closed: async () => {
      await end;
      return { heard, reset };
    },
  };
}

/** The status, headers and body of a single answer. */
export function parseAnswer(text: string) {
  const split = text.indexOf("\r\n\r\n");
  const [line = "", ...fields] = text.slice(0, split).split("\r\n");
  const headers = new Map(
    fields.map((field) => [
      field.slice(0, field.indexOf(":")).toLowerCase(),
      field.slice(field.indexOf(":") + 1).trim(),
    ]),
  );
  return { status: Number(line.split(" ")[1]), headers, body: text.slice(split + 4) };
}
