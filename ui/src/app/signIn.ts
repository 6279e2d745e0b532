import { call, openUrl, toProblem, type Problem } from "../api";
import { words } from "../strings";
import { language } from "../strings/language";
import { app, say, toast } from "./store";
import { flushEdit, openConnector, reread } from "./workbench";

/** A sign-in as the window shows it. */
export type SignInView =
  | { stage: "waiting"; workbench: string; id: string; url: string; code: string; address: string; link: string }
  | { stage: "done"; workbench: string; account: string; notKept: string }
  | { stage: "failed"; workbench: string; problem: Problem };

/** How long between two questions, in milliseconds. */
const PAUSE = 700;

/** Whether a sign-in is begun right now: another press begins no second one. */
let beginning = false;

/** Begins to sign in: opens the browser or shows a code, and waits for the person. */
export async function startSignIn(workbench: string, device: boolean): Promise<void> {
  if (beginning) return;
  beginning = true;
  const begun = await begin(workbench, device).finally(() => {
    beginning = false;
  });
  if (begun === null) return;
  try {
    await wait(workbench, begun);
  } catch (thrown) {
    const current = app.get().signIn;
    // One that was given up has nothing to tell any more.
    if (current?.stage === "waiting" && current.id === begun) fail(workbench, thrown);
  }
}

function fail(workbench: string, thrown: unknown): void {
  app.set({ signIn: { stage: "failed", workbench, problem: toProblem(thrown) } });
}

async function begin(workbench: string, device: boolean): Promise<string | null> {
  await flushEdit();
  try {
    const begun = await call("sign_in_start", { id: workbench, device, language });
    const url = begun.url ?? "";
    const code = begun.user_code ?? "";
    app.set({
      signIn: { stage: "waiting", workbench, id: begun.id, url, code, address: begun.verification_uri ?? "", link: begun.verification_uri_complete ?? "" },
    });
    say(code === "" ? words.signIn.browser : `${words.signIn.code}: ${code}`);
    // A machine without a browser still shows the address to copy.
    if (code === "" && url !== "") await openUrl(url).catch(() => undefined);
    return begun.id;
  } catch (thrown) {
    fail(workbench, thrown);
    return null;
  }
}

async function wait(workbench: string, id: string): Promise<void> {
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE));
    const current = app.get().signIn;
    if (current?.stage !== "waiting" || current.id !== id) return;
    const state = await call("sign_in_state", { id });
    if (state.type === "waiting") continue;
    const now = app.get().signIn;
    if (now?.stage !== "waiting" || now.id !== id) return;
    if (state.type === "failed") {
      app.set({ signIn: { stage: "failed", workbench, problem: state.problem } });
      return;
    }
    app.set({ signIn: { stage: "done", workbench, account: state.account ?? "", notKept: state.not_kept ?? "" } });
    if (state.account != null && state.account !== "") toast(words.signIn.account(state.account));
    else say(words.signIn.done);
    app.set((before) => ({ changed: before.changed + 1 }));
    const shown = app.get().workbench;
    if (shown?.id === workbench) await (shown.stage === "ready" ? reread() : openConnector(workbench));
    return;
  }
}

/** Gives the sign-in up. */
export async function cancelSignIn(): Promise<void> {
  const current = app.get().signIn;
  app.set({ signIn: null });
  if (current?.stage === "waiting") await call("sign_in_cancel", { id: current.id }).catch(() => undefined);
}
