import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { connect, type Stream } from "../src/api";
import { useApp } from "../src/app/store";
import { MOST } from "../src/mapping/FieldRows";
import { MappingGrid } from "../src/mapping/MappingGrid";
import { MockBackend } from "./dev/backend";

beforeEach(() => {
  localStorage.clear();
  useApp.setState(useApp.getInitialState(), true);
  connect(new MockBackend());
});

function show(columns: number) {
  const fields = Array.from({ length: columns }, (_, at) => ({ name: `c${at}`, from: `$.c${at}`, type: "string" }));
  let stream = { name: "s", request: { path: "/" }, fields } as unknown as Stream;
  const made: Stream[] = [];
  const grid = () => <MappingGrid stream={stream} path="streams[0]" samples={[]} types={[]} faults={[]} onChange={(next) => {
    stream = next;
    made.push(next);
  }} />;
  render(grid());
  return made;
}

const drawn = () => screen.getAllByTestId(/^field-name-/).length;

describe("the mapping of many columns", () => {
  it("draws all of few, and of many those in sight", () => {
    show(MOST);
    expect(drawn()).toBe(MOST);
    expect(screen.getByRole("table", { name: "Mapping of columns" }).getAttribute("aria-rowcount")).toBeNull();
  });

  it("counts all rows, moves by arrows, and is changed where it is", async () => {
    const made = show(400);
    expect(drawn()).toBeLessThan(MOST);
    expect(screen.getByRole("table", { name: "Mapping of columns" }).getAttribute("aria-rowcount")).toBe("401");
    expect(screen.getByTestId("field-c2").getAttribute("aria-rowindex")).toBe("4");
    const user = userEvent.setup();
    act(() => screen.getByTestId("field-name-0").focus());
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement).toBe(screen.getByTestId("field-name-2"));
    await user.keyboard("x");
    expect(made.at(-1)?.fields?.[2]?.name).toBe("c2x");
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(violations.map((each) => `${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
  });

  it("finds a column by the filter, wherever it stands", async () => {
    show(400);
    await userEvent.setup().type(screen.getByRole("searchbox"), "c377");
    await waitFor(() => expect(screen.getAllByTestId(/^field-name-/).map((each) => each.dataset["testid"])).toEqual(["field-name-377"]));
  });
});
