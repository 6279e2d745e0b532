import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { connect, type Definition } from "../src/api";
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

/** What has the test id, as soon as it is there. */
export const at = (id: string) => screen.findByTestId(id);

/** Opens the window, and the sample's connector in it. */
export async function toBench(backend?: MockBackend) {
  const window = open(backend);
  await window.user.click(await at("try-sample"));
  await at("key-input");
  await window.user.keyboard("{Enter}");
  await at("connector-tree");
  return window;
}

/** The definition that was sent last. */
export function last(backend: MockBackend): Definition {
  return (backend.sent("definition_set").at(-1) as { definition: Definition }).definition;
}
