import { call, toProblem } from "../api";
import { app, say } from "./store";

let lastToken = 0;

/**
 * Does something that takes a while: shows what, keeps the problem in its place, and drops the answer when the person
 * went on. `workbench` is what Cancel stops.
 */
export async function busy<T>(message: string, workbench: string, work: () => Promise<T>): Promise<T | null> {
  lastToken += 1;
  const token = lastToken;
  app.set({ busy: { token, message, workbench }, problem: null });
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

/** Leaves what goes on. Its answer is dropped, its requests are stopped. */
export function cancelBusy(): void {
  const current = app.get().busy;
  app.set({ busy: null });
  if (current === null) return;
  call("workbench_cancel", { id: current.workbench }).catch(() => undefined);
}
