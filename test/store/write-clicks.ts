import { openStore } from "../../server/src/store/open-store.ts";
import { as } from "../../server/src/words/ids.ts";
import { click, insert } from "./rows.ts";

// A process of its own for the suite: writes clicks, one commit each, beside whoever else has the database open, until
// its standard input ends. Then it prints how many it has written.
const [database = "", name = ""] = process.argv.slice(2);
const store = await openStore(JSON.parse(database));
let isToldToStop = false;
process.stdin.resume().once("end", () => {
  isToldToStop = true;
});
let written = 0;
while (!isToldToStop) {
  const row = click({ reference: as.reference(`${name}-${written}`) });
  await store.write((tx) => tx.run(insert.clicks, row));
  written += 1;
}
await store.close();
console.log(written);
