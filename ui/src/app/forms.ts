import { call, toProblem } from "../api";
import { app } from "./store";

/** Asks for the forms, once. */
export async function loadForms(): Promise<void> {
  try {
    app.set({ forms: await call("form_descriptors", {}) });
  } catch (thrown) {
    app.set({ problem: toProblem(thrown) });
  }
}
