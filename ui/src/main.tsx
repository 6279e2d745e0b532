import { connect } from "./api";
import { tauri } from "./api/tauri";
import { mount } from "./app/mount";

connect(tauri);
mount();
