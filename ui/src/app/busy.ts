import { call, toProblem } from "../api";
import { app, say } from "./store";

let lastToken = 0;

/**
 * Does something that takes a while: shows what, keeps the problem in its place, and drops the answer when the person
 * went on. `workbench` is what Cancel stops. Where it `keeps`, what was done until then is shown when it is stopped.
 */
export async function busy<T>(message: string, workbench: string, work: () => Promise<T>, keeps = false): Promise<T | null> {
  lastToken += 1;
  const token = lastToken;
  app.set({ busy: { token, message, workbench, keeps }, problem: null });
  say(message);
  try {
    const answer = await work();
    return app.get().busy?.token === token ? answer : null;
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (app.get().busy?.token === token && problem.kind !== "cancelled") app.set({ problem });
    return null;
  } finally {
    if (app.get().busy?.token === token) app.set({ busy: null });
  }
}

/** Leaves what goes on: its requests are stopped. Its answer is dropped, unless it keeps what was done until then. */
export function cancelBusy(): void {
  const current = app.get().busy;
  if (current?.keeps !== true) app.set({ busy: null });
  if (current === null) return;
  call("workbench_cancel", { id: current.workbench }).catch(() => undefined);
}
