/**
 * The names of all migrations, in their order. The commands' build (`bundle-commands.ts`) puts the list itself in this
 * file's place: a command compares names, and loads the migrations where one has not run.
 */
export { migrationNames } from "./index.ts";
