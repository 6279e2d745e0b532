import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { ActionForm } from "../src/actions/ActionForm";
import { connect, type ActionForm as ActionFormView, type BatchView, type Param, type Stream } from "../src/api";
import { refreshHome } from "../src/app/navigate";
import { app, useApp } from "../src/app/store";
import { begun, takeBatch } from "../src/batches/news";
import { Popover } from "../src/components/Popover";
import { Sheet } from "../src/components/Sheet";
import { useWindow } from "../src/components/useWindow";
import { unsaved } from "../src/connection/ConnectionSettings";
import { MappingGrid } from "../src/mapping/MappingGrid";
import { MockBackend } from "./dev/backend";
import { open } from "./window";

beforeEach(() => {
  localStorage.clear();
  useApp.setState(useApp.getInitialState(), true);
});

describe("rows that are fetched as they are seen", () => {
  it("are those of what is shown now, not of what was before", async () => {
    const asked: string[] = [];
    function Table({ seen }: { seen: (first: number, last: number) => void }) {
      useEffect(() => seen(0, 9), [seen]);
      return null;
    }
    function Room({ stream }: { stream: string }) {
      const fetch = async (offset: number) => {
        asked.push(stream);
        return [`${stream} ${offset}`];
      };
      const { row, seen } = useWindow<string>(stream, fetch);
      return (
        <>
          <p data-testid="first">{row(0)}</p>
          <Table seen={seen} />
        </>
      );
    }
    const { rerender } = render(<Room stream="a" />);
    await waitFor(() => expect(screen.getByTestId("first").textContent).toBe("a 0"));
    rerender(<Room stream="b" />);
    await waitFor(() => expect(screen.getByTestId("first").textContent).toBe("b 0"));
    expect(asked).toEqual(["a", "b"]);
  });
});

describe("the mapping grid", () => {
  it("keeps the column that is renamed, though it no longer fits the filter", async () => {
    let stream: Stream = { name: "s", fields: [{ name: "id" }, { name: "total" }] } as Stream;
    const grid = () => <MappingGrid stream={stream} path="streams[0]" samples={[]} types={[]} faults={[]} onChange={(next) => (stream = next)} />;
    const { rerender } = render(grid());
    const user = userEvent.setup();
    await user.type(screen.getByRole("searchbox"), "tot");
    expect(screen.queryByTestId("field-name-0")).toBeNull();
    const name = screen.getByTestId("field-name-1");
    name.focus();
    fireEvent.change(name, { target: { value: "sum" } });
    rerender(grid());
    expect(screen.getByTestId("field-name-1")).toBe(name);
    expect(document.activeElement).toBe(name);
    act(() => name.blur());
    expect(screen.queryByTestId("field-name-1")).toBeNull();
  });
});

describe("the answer to a beginning", () => {
  it("is older than what was heard meanwhile", async () => {
    const view = (running: boolean) => ({ id: "b1", running }) as BatchView;
    const taken: boolean[] = [];
    await begun(async () => {
      takeBatch(view(false));
      return view(true);
    }, (next) => taken.push(next.running));
    expect(taken).toEqual([]);
    await begun(async () => view(true), (next) => taken.push(next.running));
    expect(taken).toEqual([true]);
  });
});

describe("what is on Home", () => {
  it("is the newest look", async () => {
    const answers: ((home: unknown) => void)[] = [];
    class Late extends MockBackend {
      override rpc(): Promise<unknown> {
        return new Promise((answer) => answers.push(answer));
      }
    }
    connect(new Late());
    const both = [refreshHome(), refreshHome()];
    answers[1]?.({ connectors: [], runs: [], newest: true });
    answers[0]?.({ connectors: [], runs: [] });
    await Promise.all(both);
    expect(app.get().home).toHaveProperty("newest", true);
  });
});

describe("what was typed while it was saved", () => {
  it("stays", () => {
    expect(unsaved({ a: "1", b: "new", c: "3" }, { a: "1", b: "old" })).toEqual({ b: "new", c: "3" });
  });
});

describe("a popover of a sheet", () => {
  it("is within it: the rest of the window can't be reached", () => {
    const sheet = (menu: boolean) => (
      <Sheet title="sheet" onClose={() => undefined}>
        {menu && (
          <Popover label="menu" anchor={{ left: 0, top: 0, bottom: 0 }} onClose={() => undefined}>
            <button type="button">one</button>
          </Popover>
        )}
      </Sheet>
    );
    const { rerender } = render(sheet(false));
    rerender(sheet(true));
    expect(screen.getByRole("dialog", { name: "menu" }).closest(".scrim")).not.toBeNull();
  });
});

describe("undo by its keys", () => {
  it("takes back in a form, and after a box was ticked", async () => {
    const { backend, user } = open();
    await user.click(await screen.findByTestId("try-sample"));
    await screen.findByTestId("key-input");
    await user.keyboard("{Enter}");
    await user.click(await screen.findByTestId("tab-mapping"));
    await user.click((await screen.findAllByRole("checkbox", { name: /Show|Write|Keep/ }))[1] as HTMLElement);
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(backend.sent("undo")).toHaveLength(1));
    await user.type(screen.getByTestId("field-name-1"), "x");
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(backend.sent("undo")).toHaveLength(2));
  });
});

describe("a sign-in", () => {
  it("is begun once, however often it is pressed", async () => {
    const { startSignIn, cancelSignIn } = await import("../src/app/signIn");
    const backend = new MockBackend();
    connect(backend);
    await Promise.race([Promise.all([startSignIn("c1", true), startSignIn("c1", true)]), new Promise((done) => setTimeout(done, 200))]);
    expect(backend.sent("sign_in_start")).toHaveLength(1);
    await cancelSignIn();
  });
});

describe("what was typed into an action", () => {
  it("is there again after a look elsewhere, but for secrets", () => {
    const param = (name: string, secret: boolean) => ({ name, secret, title: name }) as Param;
    const form = { name: "make", kind: "create", description: "", params: [param("email", false), param("pin", true)], has_idempotency: false } as unknown as ActionFormView;
    const view = () => render(<ActionForm connection="c" form={form} start={{}} onCalled={() => undefined} />);
    const { unmount } = view();
    fireEvent.change(screen.getByTestId("param-email"), { target: { value: "a@b.test" } });
    fireEvent.change(screen.getByTestId("param-pin"), { target: { value: "1234" } });
    unmount();
    view();
    expect([screen.getByTestId("param-email"), screen.getByTestId("param-pin")].map((each) => (each as HTMLInputElement).value)).toEqual(["a@b.test", ""]);
  });
});
