import type { ContainerKind } from "@tallystick/sdk/stamp";
import type { FileSource } from "../file-source.ts";
import type { StampPlan } from "../stamp-plan.ts";

/** What a plan does to a file, for programs. */
export interface PlanSummary {
  file: string;
  /** Nothing when nothing was written. */
  out: string | null;
  container: ContainerKind;
  sizeBefore: number;
  sizeAfter: number;
  notes: readonly string[];
}

/** Sums a plan up. */
export const summarise = ({
  source,
  plan,
  out,
}: {
  source: FileSource;
  plan: StampPlan;
  out: string | null;
}): PlanSummary => ({
  file: source.path,
  out,
  container: plan.container,
  sizeBefore: source.size,
  sizeAfter: plan.newLength,
  notes: plan.notes,
});

/** The same for a person. */
export function planFields({ container, sizeBefore, sizeAfter }: PlanSummary): [string, string][] {
  const change = sizeAfter - sizeBefore;
  const bytes = (count: number) => count.toLocaleString("en-GB");
  return [
    ["container", container],
    ["size", `${bytes(sizeAfter)} bytes (${change < 0 ? "" : "+"}${bytes(change)})`],
  ];
}

/** Where the stamp stands in each kind of file. */
export const placeOf = (container: ContainerKind): string => places[container];

const places: Readonly<Record<ContainerKind, string>> = {
  pe: "an attribute of the signature that it does not cover; behind the end when there is no signature",
  msi: "an attribute of the signature that it does not cover",
  zip: "the archive's comment",
  "mac-zip": "an extended attribute of the app, packed as macOS packs it",
  deb: "a member of its own that dpkg passes over",
  gzip: "an empty gzip member at the end",
  zstd: "a skippable frame at the end",
  elf: "behind the end",
  iso: "the placeholder file, or the volume descriptor's field for applications",
  dmg: "an extended attribute of the app",
};
