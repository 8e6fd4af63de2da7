import { openStore } from "../../server/src/store/open-store.ts";
import { as } from "../../server/src/words/ids.ts";
import { click, insert } from "./rows.ts";

// A process of its own for the suite: writes clicks, one commit each, beside whoever else has the database open.
const [database = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openStore(JSON.parse(database));
for (let index = 0; index < Number(count); index++) {
  await store.write((tx) => tx.run(insert.clicks, click({ reference: as.reference(`${name}-${index}`) })));
}
await store.close();
