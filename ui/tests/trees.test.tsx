import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { connect } from "../src/api";
import { CellSheet } from "../src/data/CellSheet";
import { BodyTree } from "../src/panel/BodyTree";
import { MockBackend } from "./dev/backend";

describe("a tree", () => {
  it("draws what is in sight alone, and moves by keys", async () => {
    render(<BodyTree text={JSON.stringify(Array.from({ length: 5000 }, (_, at) => at))} label="body" />);
    const tree = screen.getByTestId("body-tree");
    expect(within(tree).getAllByRole("treeitem").length).toBeLessThan(100);
    const user = userEvent.setup();
    tree.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(tree.querySelector("[aria-selected=true]")?.getAttribute("data-path")).toBe("$[2]");
  });

  it("of another body is another tree", () => {
    const { rerender } = render(<BodyTree text='{"a": {"b": 1}}' label="body" />);
    expect(screen.getAllByRole("treeitem")).toHaveLength(2);
    rerender(<BodyTree text='{"x": {"y": 1, "z": 2}}' label="body" />);
    expect(screen.getAllByRole("treeitem").map((line) => line.getAttribute("data-path"))).toEqual(["$.x", "$.x.y", "$.x.z"]);
  });

  it("of a cell asks for what is opened, and again where that failed", async () => {
    const node = (path: string, children: number) => ({ path, key: path, kind: children > 0 ? "object" : "number", value: "1", children, marks: [] });
    let fails = true;
    class Cell extends MockBackend {
      override async rpc(command: string, payload: unknown): Promise<unknown> {
        if (command === "data_cell") return { text: "{}", json: true, cut: false, bytes: 2 };
        const { path } = payload as { path: string };
        if (path === "$") return [node("$.a", 1)];
        if (!fails) return [node("$.a.b", 0)];
        throw new Error("gone");
      }
    }
    connect(new Cell());
    render(<CellSheet cell={{ connection: "c", table: "t", id: "1", column: "x" }} onClose={() => undefined} />);
    const tree = await screen.findByTestId("cell-tree");
    await within(tree).findByText("$.a");
    const user = userEvent.setup();
    tree.focus();
    await user.keyboard("{ArrowRight}");
    await screen.findByTestId("problem");
    fails = false;
    await user.click(within(screen.getByTestId("problem")).getByRole("button", { name: /again/i }));
    await within(tree).findByText("$.a.b");
    expect(screen.queryByTestId("problem")).toBeNull();
  });
});
