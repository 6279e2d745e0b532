import { connect } from "./api";
import { tauri } from "./api/tauri";
import { mount } from "./app/mount";
import { loadSaid } from "./app/said";

connect(tauri);
// Without its sentences in German the window still works, in English.
void loadSaid()
  .catch(() => undefined)
  .then(mount);
