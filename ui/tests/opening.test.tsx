import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { MockBackend } from "./dev/backend";
import { at, open } from "./window";

describe("a database", () => {
  it("asks for the password in place, lists its tables and reads those that are chosen", async () => {
    const { backend, user } = open();
    await user.type(await at("box"), "postgres://reader@db.acme.test/shop{Enter}");
    expect((await at("database-reason")).textContent).toContain("password authentication failed");
    expect(document.activeElement).toBe(await at("database-secret"));
    await user.keyboard("hunter2{Enter}");
    await at("database-tables");
    expect(backend.sent("database_sign_in")).toEqual([{ id: "c1", username: "reader", password: "hunter2" }]);
    // Tables are chosen from the start, views are not.
    await waitFor(async () => expect((await at("tables-chosen")).textContent).toBe("3 of 4 chosen"));
    await user.type(await at("tables-search"), "audit");
    await user.click(await at("tables-none"));
    await user.clear(await at("tables-search"));
    await user.click(await at("tables-views"));
    await user.click(screen.getByLabelText("Choose public.totals"));
    await user.click(await at("tables-actions"));
    await user.click(await at("tables-take"));
    await at("records-grid");
    expect(backend.sent("tables_take")).toEqual([{ id: "c1", tables: ["public.orders", "public.customers", "public.totals"], actions: true }]);
  });

  it("takes a query instead", async () => {
    const { backend, user } = open();
    await user.type(await at("box"), "postgres://reader@db.acme.test/shop{Enter}");
    await user.type(await at("database-secret"), "x{Enter}");
    await user.click(await at("way-query"));
    await user.clear(await at("query-name"));
    await user.type(await at("query-name"), "big");
    await user.type(await at("query-sql"), "SELECT 1 AS one");
    await user.click(await at("query-take"));
    await at("records-grid");
    expect(backend.sent("tables_take")).toEqual([{ id: "c1", tables: [], query: { name: "big", sql: "SELECT 1 AS one" }, actions: false }]);
  });
});

describe("a folder", () => {
  it("is looked at first, and one of its connectors is opened", async () => {
    const path = "/home/me/shop/connectors/acme.connector.yaml";
    const connector = { name: "acme", title: "Acme", file: "connectors/acme.connector.yaml", path, streams: 2, faults: 0, recorded: true, kept: false };
    const look = (request: { text: string }) =>
      request.text === "/home/me/shop" ? { folder: request.text, workspace: true, connectors: [connector], data: true } : { folder: "", workspace: false, connectors: [], data: false };
    const { backend, user } = open(new MockBackend({ folder_look: look }));
    await user.click(await at("open-folder"));
    await user.click(await at("workspace-acme"));
    await at("key-input");
    expect(backend.sent("source_open")).toEqual([{ text: path }]);
  });

  it("of data alone is opened at once", async () => {
    const { backend, user } = open();
    await user.type(await at("box"), "/home/me/data{Enter}");
    await at("key-input");
    expect(backend.sent("folder_look")).toEqual([{ text: "/home/me/data" }]);
    expect(backend.sent("source_open")).toEqual([{ text: "/home/me/data" }]);
  });
});
