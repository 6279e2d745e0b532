import { call, type AskValue } from "../api";
import { copy } from "../app/copy";
import { app, toastFault } from "../app/store";

/** Copies a value as it is, however long. */
export async function copyWhole(ask: AskValue): Promise<void> {
  try {
    await copy((await call("value_whole", ask)).text ?? "");
  } catch (thrown) {
    toastFault(thrown);
  }
}

/** A value of a page of the shown stream. */
export function inResponse(page: number, path: string): AskValue {
  const { workbench, stream } = app.get();
  return { id: workbench?.id ?? "", stream, place: { in: "response", page, path } };
}

/** A value of a record that is shown. */
export function inRecord(row: number, column: number): AskValue {
  const { workbench, stream } = app.get();
  return { id: workbench?.id ?? "", stream, place: { in: "record", row, column } };
}
