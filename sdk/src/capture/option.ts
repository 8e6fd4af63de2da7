import type { Carrier, CarrierFinding } from "./carrier.ts";

const option = "--tallystick-token";

/**
 * The command-line option `--tallystick-token=TOKEN` or `--tallystick-token TOKEN`, which an installer passes
 * at the first start. What follows `--` is not an option.
 */
export const optionCarrier: Carrier = {
  name: "option",
  look({ argv }) {
    const findings: CarrierFinding[] = [];
    for (const [index, argument] of argv.entries()) {
      if (argument === "--") break;
      if (argument.startsWith(`${option}=`)) findings.push(finding(argument.slice(option.length + 1)));
      if (argument === option) findings.push(finding(argv[index + 1]));
    }
    return findings.length > 0 ? findings : [finding(undefined)];
  },
};

function finding(text: string | undefined): CarrierFinding {
  return text ? { where: option, text } : { where: option, code: "absent" };
}
