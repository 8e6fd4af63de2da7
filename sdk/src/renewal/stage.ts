/** One of the moments a customer is reminded at, named by the days then remaining; negative in grace. */
export type Stage = 30 | 14 | 7 | 3 | 1 | 0 | -3 | -7 | -14;

/** When a customer is reminded: days before the end, and, as negative numbers, days after it in grace. */
export const stagesDays = [30, 14, 7, 3, 1, 0, -3, -7, -14] as const satisfies readonly Stage[];

/** The stage that has been reached when so many days remain; `undefined` before the first. */
export function stageAt(daysLeft: number): Stage | undefined {
  return stagesDays.findLast((stage) => daysLeft <= stage);
}

/** The stage that follows. */
export function nextStage(stage: Stage): Stage | undefined {
  return stagesDays[stagesDays.indexOf(stage) + 1];
}
