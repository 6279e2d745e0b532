import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { connect } from "../src/api";
import { App } from "../src/app/App";
import { loadRooms } from "../src/app/rooms";
import { start } from "../src/app/start";
import { useApp } from "../src/app/store";
import { MockBackend } from "./dev/backend";

const fresh = useApp.getInitialState();

// A busy machine takes long to bring the code of a room: that is not what is tested.
await loadRooms();

/** Opens the window over a made-up backend, as at a first start. */
export function open(backend: MockBackend = new MockBackend()) {
  document.getElementById("root")?.remove();
  const root = document.createElement("div");
  root.id = "root";
  document.body.append(root);
  useApp.setState(fresh, true);
  connect(backend);
  start();
  render(<App />, { container: root });
  return { backend, user: userEvent.setup() };
}
