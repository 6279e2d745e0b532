import { connect } from "../../src/api";
import { mount } from "../../src/app/mount";
import { MockBackend } from "./backend";

const backend = new MockBackend({}, 120);
const keyring = new URLSearchParams(window.location.search).get("keyring");
if (keyring === "none" || keyring === "file_locked") backend.keyring = keyring;
Object.assign(window, { backend });
connect(backend);
mount();
