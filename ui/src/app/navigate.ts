import { call } from "../api";
import { app, type Overlay, toastFault, type View } from "./store";

/** Goes to a view. Whatever failed in the one before is forgotten. */
export function go(view: View): void {
  app.set({ view, overlay: null, problem: null });
}

/** Goes home and looks anew what there is. */
export function goHome(): void {
  go({ name: "home" });
  void refreshHome();
}

/** Shows something over the window, or takes it away. */
export function show(overlay: Overlay | null): void {
  app.set({ overlay });
}

let looks = 0;

/** Looks anew what there is. Only the newest look counts. */
export async function refreshHome(): Promise<void> {
  looks += 1;
  const mine = looks;
  try {
    const home = await call("home", {});
    if (mine === looks) app.set({ home });
  } catch (thrown) {
    toastFault(thrown);
  }
}

const BACK = "tapwright.backInSettings";

/** When the page is loaded anew it stands in the settings again: what is changed there changes all words. */
export function comeBackToSettings(): void {
  sessionStorage.setItem(BACK, "yes");
}

/** Goes to the settings where the page was loaded anew from there. */
export function backInSettings(): void {
  if (sessionStorage.getItem(BACK) === null) return;
  sessionStorage.removeItem(BACK);
  go({ name: "settings" });
}
