import { call, toProblem, type Descriptors } from "../api";
import { language } from "../strings/language";
import { app } from "./store";

/** Asks for the forms, once. */
export async function loadForms(): Promise<void> {
  try {
    app.set({ forms: await spoken(await call("form_descriptors", {})) });
  } catch (thrown) {
    app.set({ problem: toProblem(thrown) });
  }
}

/** The forms in the window's language. German is read only where it is spoken. */
async function spoken(forms: Descriptors): Promise<Descriptors> {
  if (language === "en") return forms;
  const { germanForms } = await import("../forms/german");
  return germanForms(forms);
}
