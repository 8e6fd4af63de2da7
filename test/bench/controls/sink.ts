import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerParent } from "../children.ts";
import { subjectTasks } from "../subject.ts";

// The least that takes a webhook: it reads the body and answers 200.
const server = createServer((request, response) => {
  request.resume().on("end", () => response.end());
});
server.listen(0, "127.0.0.1");
await new Promise<void>((resolve) => server.once("listening", () => resolve()));

answerParent(subjectTasks(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
