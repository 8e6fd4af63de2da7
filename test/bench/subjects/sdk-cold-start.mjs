// What a product does at its start, in plain JavaScript so that every Node the SDK supports can run it: imports the
// built SDK, reads and verifies the stored token, and prints the renewal link. It is written to the descriptor
// itself, by the module that Node has loaded already: the four milliseconds in which Node makes a stream of its standard
// output, and the three in which it makes `node:fs` importable, are not the SDK's.
const { writeSync } = process.getBuiltinModule("node:fs");

const [, , sdk, options] = process.argv;
const { createRenewalClient } = await import(sdk);
writeSync(1, await createRenewalClient(JSON.parse(options)).renewalUrl());
