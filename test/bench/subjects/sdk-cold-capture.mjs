// What a product does at each start after its first: asks the SDK for the token, which is stored already. Prints the
// milliseconds that the question took, with the SDK imported and nothing of it used before.
const { writeSync } = process.getBuiltinModule("node:fs");

const [, , sdk, options] = process.argv;
const { createRenewalClient } = await import(sdk);
const client = createRenewalClient(JSON.parse(options));
const begun = performance.now();
const { code } = await client.attribution.capture();
writeSync(1, `${code} ${performance.now() - begun}`);
