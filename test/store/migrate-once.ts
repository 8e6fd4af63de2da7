import { openStore } from "../../server/src/store/open-store.ts";

// A process of its own for the suite: opens the database of its argument, migrates, and ends.
const store = await openStore(JSON.parse(process.argv[2] ?? ""));
await store.migrate();
await store.close();
