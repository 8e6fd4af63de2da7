// Imports the built SDK and does nothing with it: what a product pays that has it and is not asked for a link.
await import(process.argv[2]);
