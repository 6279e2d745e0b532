import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { connect, type RunLogLine } from "../src/api";
import { read, useKept, writeSoon } from "../src/app/kept";
import { Grid } from "../src/data/Grid";
import { useRows, WINDOW, type Question } from "../src/data/windows";
import { RunLog } from "../src/run/RunLog";
import { usePaced } from "../src/components/usePaced";
import { MockBackend } from "./dev/backend";

beforeEach(() => localStorage.clear());

class Rows extends MockBackend {
  offsets: number[] = [];
  value = "old";
  override async rpc(command: string, payload: unknown): Promise<unknown> {
    if (command !== "data_rows") return null;
    const { offset } = payload as { offset: number };
    this.offsets.push(offset);
    const { value } = this;
    return { total: 10_000, columns: [{ name: "a", type: "string" }], rows: Array.from({ length: WINDOW }, () => [value]), ids: Array.from({ length: WINDOW }, (_, at) => String(offset + at)) };
  }
}

const question: Question = { connection: "c", table: "t", sort: null, filters: [] };

describe("the windows of a table", () => {
  it("that are looked at are not dropped for others", async () => {
    connect(new Rows());
    const { result } = renderHook(() => useRows(question));
    await waitFor(() => expect(result.current.row(0)).toEqual(["old"]));
    for (let window = 1; window < 60; window += 1) {
      act(() => {
        result.current.see(0, 10);
        result.current.see(window * WINDOW, window * WINDOW + 10);
      });
      // oxlint-disable-next-line no-await-in-loop -- as it is scrolled
      await waitFor(() => expect(result.current.row(window * WINDOW)).toEqual(["old"]));
    }
    expect(result.current.row(0)).toEqual(["old"]);
    expect(result.current.row(2 * WINDOW)).toBeUndefined();
  });

  it("stay until the same is read anew", async () => {
    const backend = new Rows();
    connect(backend);
    const { result, rerender } = renderHook(({ turn }) => useRows({ ...question, turn }), { initialProps: { turn: 0 } });
    await waitFor(() => expect(result.current.total).toBe(10_000));
    backend.value = "new";
    rerender({ turn: 1 });
    expect([result.current.total, result.current.row(0)]).toEqual([10_000, ["old"]]);
    await waitFor(() => expect(result.current.row(0)).toEqual(["new"]));
  });

  it("of another question are gone at once", async () => {
    connect(new Rows());
    const { result, rerender } = renderHook(({ table }) => useRows({ ...question, table }), { initialProps: { table: "t" } });
    await waitFor(() => expect(result.current.total).toBe(10_000));
    rerender({ table: "u" });
    expect([result.current.total, result.current.row(0)]).toEqual([null, undefined]);
  });
});

describe("the grid", () => {
  it("keeps its place within what there is", () => {
    const column = (name: string, place: number) => ({ name, type: "string" as const, width: 90, place });
    const grid = (total: number, names: string[]) => (
      <Grid label="rows" testId="g" columns={names.map(column)} total={total} row={() => names} onOpen={() => undefined} onCopy={() => undefined} onMenu={() => undefined} />
    );
    const { rerender } = render(grid(20, ["a", "b", "c"]));
    const cells = screen.getAllByRole("gridcell");
    act(() => void cells.at(-1)?.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true })));
    rerender(grid(2, ["a"]));
    expect(screen.getByTestId("g").getAttribute("aria-activedescendant")).toMatch(/-1-0$/);
  });
});

describe("what is asked as a run goes on", () => {
  it("is asked once more for news that came meanwhile", async () => {
    const ends: (() => void)[] = [];
    const work = vi.fn(() => new Promise<void>((end) => ends.push(end)));
    const { rerender } = renderHook(({ news }) => usePaced(work, news, 0), { initialProps: { news: 1 } });
    await waitFor(() => expect(work).toHaveBeenCalledTimes(1));
    rerender({ news: 2 });
    await new Promise((done) => setTimeout(done, 5));
    rerender({ news: 3 });
    await new Promise((done) => setTimeout(done, 5));
    expect(work).toHaveBeenCalledTimes(1);
    await act(async () => ends[0]?.());
    await waitFor(() => expect(work).toHaveBeenCalledTimes(2));
    await act(async () => ends[1]?.());
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("has the last lines of a log, and forgets a fault that passed", async () => {
    const line = (message: string): RunLogLine => ({ at: "2026-01-01T00:00:00Z", level: "info", stream: null, message }) as never;
    let log = [line("one")];
    const asked: ((now: boolean) => void)[] = [];
    class Log extends MockBackend {
      override rpc(_: string, payload: unknown): Promise<unknown> {
        const { offset } = payload as { offset: number };
        return new Promise((done, fail) => asked.push((fine) => (fine ? done(log.slice(offset)) : fail(new Error("no")))));
      }
    }
    connect(new Log());
    const { rerender } = render(<RunLog id="r" going pages={1} />);
    await waitFor(() => expect(asked).toHaveLength(1));
    await act(async () => asked[0]?.(false));
    await screen.findByTestId("problem");
    rerender(<RunLog id="r" going={false} pages={1} />);
    await waitFor(() => expect(asked).toHaveLength(2));
    // The run ends while the log is on its way.
    rerender(<RunLog id="r" going={false} pages={2} />);
    await new Promise((done) => setTimeout(done, 5));
    await act(async () => asked[1]?.(true));
    log = [...log, line("the end")];
    await waitFor(() => expect(asked).toHaveLength(3));
    await act(async () => asked[2]?.(true));
    expect(screen.getByTestId("run-log").textContent).toContain("the end");
    expect(screen.queryByTestId("problem")).toBeNull();
  });
});

describe("what is kept", () => {
  it("is written when it rests, and read at once", () => {
    vi.useFakeTimers();
    const put = vi.spyOn(Storage.prototype, "setItem");
    for (let width = 1; width <= 50; width += 1) writeSoon("w", String(width));
    expect([put.mock.calls.length, read("w")]).toEqual([0, "50"]);
    expect(renderHook(() => useKept("w", 7)).result.current[0]).toBe(50);
    vi.runAllTimers();
    expect([put.mock.calls.length, read("w"), localStorage.getItem("tapwright.w")]).toEqual([1, "50", "50"]);
    put.mockRestore();
    vi.useRealTimers();
  });
});
