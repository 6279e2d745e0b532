import { connect } from "../../src/api";
import { mount } from "../../src/app/mount";
import { loadSaid } from "../../src/app/said";
import { app } from "../../src/app/store";
import { MockBackend } from "./backend";
import { run } from "./made";
import { failed } from "./rooms";

const backend = new MockBackend({}, 120);
const keyring = new URLSearchParams(window.location.search).get("keyring");
if (keyring === "none" || keyring === "file_locked") backend.keyring = keyring;
Object.assign(window, { backend });
connect(backend);
await loadSaid();
mount();

// A room to look at: `?view={"name":"data",…}&click=tab-runs,run-compare`.
const query = new URLSearchParams(window.location.search);
const view = query.get("view");
if (view !== null) {
  backend.runs = [run("r0", 1240, true, false), failed(), run("r2", 1240, true, true)].map((each, at) => ({ ...each, run: { ...each.run, id: `r${at}` } }));
  setTimeout(() => app.set({ view: JSON.parse(view), runs: Object.fromEntries(backend.runs.map((each) => [each.run.id, each])) }), 100);
  for (const [at, id] of (query.get("click") ?? "").split(",").entries()) {
    setTimeout(() => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)?.click(), 800 + at * 500);
  }
}
const theme = query.get("theme");
if (theme !== null) setTimeout(() => (document.documentElement.dataset.theme = theme), 600);
