import { render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { connect, type Transport } from "../src/api";
import { WholeAnswer } from "../src/panel/ValueSheet";

describe("an answer that is no JSON", () => {
  let text = "";
  beforeEach(() => {
    connect({ rpc: vi.fn(async () => ({ text, cut: false })) } as unknown as Transport);
  });

  it("is shown anew when its page was read anew", async () => {
    text = "id,name";
    const { rerender } = render(<WholeAnswer id="c1" stream="a" page={0} version={1} />);
    await screen.findByText("id,name");
    text = "id,title";
    rerender(<WholeAnswer id="c1" stream="a" page={0} version={2} />);
    await screen.findByText("id,title");
    expect(screen.queryByText("id,name")).toBeNull();
  });
});
