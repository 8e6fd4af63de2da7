import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

/** The package's own declarations and nothing beside them: neither the language's library nor other packages. */
function openDeclarations(folder: string) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => resolve(folder, name));
  const options: ts.CompilerOptions = { noLib: true, types: [], noEmit: true };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) => {
      const file = resolve(from, "..", text.replace(/\.js$/, ".d.ts"));
      const known = text.startsWith(".") && files.includes(file);
      return { resolvedModule: known ? { resolvedFileName: file, extension: ".d.ts" } : undefined };
    });
  return ts.createProgram({ rootNames: files, options, host });
}

/**
 * Types that an exported declaration mentions and that no entry of the package exports: whoever uses the package cannot
 * name them. Read from the built declarations, where inferred types are written out too.
 *
 * @param folder - the built package's `dist`
 * @param entries - names of its entries, without `.d.ts`
 * @returns `entry: Type`, sorted; empty when everything can be named
 */
export function unnamedTypes(folder: string, entries: readonly string[]): string[] {
  const program = openDeclarations(folder);
  const checker = program.getTypeChecker();
  const target = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exportsOf = (entry: string): ts.Symbol[] => {
    const file = program.getSourceFile(join(folder, `${entry}.d.ts`));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${entry}.d.ts exports nothing.`);
    return checker.getExportsOfModule(module).map(target);
  };
  const named = new Set(entries.flatMap(exportsOf));
  const isType =
    ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class | ts.SymbolFlags.Enum;

  const findings = new Set<string>();
  for (const entry of entries) {
    const seen = new Set<ts.Symbol>();
    const visitSymbol = (symbol: ts.Symbol): void => {
      if (seen.has(symbol)) return;
      seen.add(symbol);
      if (symbol.flags & isType && !named.has(symbol)) findings.add(`${entry}: ${symbol.name}`);
      for (const declaration of symbol.declarations ?? []) ts.forEachChild(declaration, visitNode);
    };
    const visitNode = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const symbol = checker.getSymbolAtLocation(node);
        const found = symbol && target(symbol);
        if (found?.declarations?.some(isTopLevel)) visitSymbol(found);
      }
      ts.forEachChild(node, visitNode);
    };
    for (const symbol of exportsOf(entry)) visitSymbol(symbol);
  }
  return [...findings].sort();
}

/** A declaration of the package, as opposed to a member, a parameter or a type parameter of one. */
function isTopLevel(node: ts.Node): boolean {
  const holder = ts.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent;
  return ts.isSourceFile(holder);
}
