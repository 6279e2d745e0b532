import { Channel, invoke } from "@tauri-apps/api/core";
import type { Transport } from "./transport";
import type { AppEvent } from "./types.gen";

/** The program behind the real window. */
export const tauri: Transport = {
  rpc: (command, payload) => invoke("rpc", { command, payload }),
  subscribe(handler) {
    const channel = new Channel<AppEvent>();
    channel.onmessage = handler;
    void invoke("subscribe", { channel });
  },
  pickSource: () => invoke<string | null>("pick_source"),
  pickFolder: () => invoke<string | null>("pick_folder"),
  saveShare: (id) => invoke<string | null>("save_share", { id }),
  pickRows: () => invoke<string | null>("pick_rows"),
  pickCertificate: () => invoke<string | null>("pick_certificate"),
  painted: (ready, ago) => invoke("painted", { ready, ago }),
  safeRendering: (on) => invoke<boolean>("safe_rendering", { on }),
  saveRows: (name) => invoke<string | null>("save_rows", { name }),
  openUrl: (url) => invoke("open_url", { url }),
  zoom: (factor) => invoke<void>("zoom", { factor }),
  title: (text) => invoke<void>("title", { text }),
  notify: (title, text) => invoke<void>("notify", { title, text }),
  copyText: (text) => invoke<void>("copy_text", { text }),
};
