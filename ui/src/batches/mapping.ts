import type { BatchHow, BatchParam, BatchProposal } from "../api";

/** What a parameter's choice stands at: "" for nothing, "=" for a value or template, ":NAME" for a column. */
export function chosen(proposal: BatchProposal, given: BatchParam | undefined): string {
  if (given === undefined) return proposal.column == null ? "" : `:${proposal.column}`;
  if (given.column != null) return `:${given.column}`;
  return given.template == null ? "" : "=";
}

/** A choice as it is sent. */
export function asGiven(param: string, choice: string, transform: BatchParam["transform"] = []): BatchParam {
  if (choice.startsWith(":")) return { param, column: choice.slice(1), value: null, transform };
  return choice === "=" ? { param, template: "", value: null, transform } : { param, value: null, transform: [] };
}

/** How a batch goes, as a person typed it. */
export interface How {
  skip: boolean;
  most: string;
  concurrency: string;
  chunk: string;
}

/** How a batch goes, as it is sent. An empty field leaves it to the connector. */
export function sentHow({ skip, most, concurrency, chunk }: How): BatchHow {
  const number = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);
  return { skip_errors: skip, max_errors: number(most), concurrency: number(concurrency), chunk: number(chunk), retry_failed: false, resend_uncertain: false };
}

/** What is sent: a parameter that is given nothing is sent as null, so that no proposal takes its place. */
export function toSend(params: BatchParam[]): BatchParam[] {
  return params.map((one) => (one.column == null && (one.template ?? "") === "" ? { param: one.param, value: null, transform: [] } : one));
}
