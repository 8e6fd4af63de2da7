/** Why a request got no answer, in words that hold nothing of the request. */
export const sendProblems = [
  "address_invalid",
  "address_forbidden",
  "name_unresolved",
  "connect_failed",
  "certificate_of_other_name",
  "certificate_expired",
  "certificate_untrusted",
  "tls_failed",
  "timeout",
  "stopped",
  "answer_broken",
] as const;
/** One reason. */
export type SendProblem = (typeof sendProblems)[number];

/** A request got no answer. It has no cause: what libraries say may repeat addresses and headers, and secrets in them. */
export class SendFailure extends Error {
  override readonly name = "SendFailure";
  readonly problem: SendProblem;

  constructor(problem: SendProblem) {
    super(`the request got no answer: ${problem}`);
    this.problem = problem;
  }
}
