// What a product does at its start, in plain JavaScript so that every Node the SDK supports can run it: imports the
// built SDK, reads and verifies the stored token, and prints the renewal link.
const [, , sdk, options] = process.argv;
const { createRenewalClient } = await import(sdk);
console.log(await createRenewalClient(JSON.parse(options)).renewalUrl());
