import { join } from "node:path";
import { makeIsoFixtures, makeMsiFixtures } from "./image-fixtures.ts";
import { makePeFixtures } from "./pe-fixtures.ts";

// Makes the fixtures of test/stamp/ anew, where the tools of `npm run test:containers` are installed:
//   node --conditions=tallystick-source test/containers/make-fixtures.ts
const fixtures = join(import.meta.dirname, "..", "stamp", "fixtures");

makePeFixtures(join(fixtures, "pe"));
makeMsiFixtures(join(fixtures, "msi"));
makeIsoFixtures(join(fixtures, "iso"));
