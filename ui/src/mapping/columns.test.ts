import { describe, expect, test } from "vitest";
import type { Field, Stream } from "../api";
import { addField, camel, changeField, dropAll, memberPath, prefixAll, removeField, renameAll, showAll, snake, sourceOf, typeAll, withSource } from "./columns";
import { KINDS, chipText, fromForm, toForm, transformId } from "./transforms";

const stream = (fields: Partial<Field>[], key: string[] = []): Stream => ({ name: "s", fields, key }) as unknown as Stream;

describe("names", () => {
  test.each([
    ["createdAt", "created_at", "createdAt"],
    ["HTTPServer", "http_server", "httpServer"],
    ["user.name", "user_name", "userName"],
    ["Größe in cm", "größe_in_cm", "größeInCm"],
    ["id2Name", "id2_name", "id2Name"],
    ["--", "--", "--"],
  ])("%s", (name, inSnake, inCamel) => {
    expect(snake(name)).toBe(inSnake);
    expect(camel(name)).toBe(inCamel);
  });

  test("a member with odd letters is quoted", () => {
    expect(memberPath("a b")).toBe("$['a b']");
    expect(memberPath("it's")).toBe("$['it\\'s']");
    expect(memberPath("größe")).toBe("$.größe");
  });
});

describe("columns", () => {
  test("a new name keeps what the column reads, and the key", () => {
    const next = changeField(stream([{ name: "id" }], ["id"]), 0, { name: "number" });
    expect(next.fields?.[0]).toEqual({ name: "number", from: "$.id" });
    expect(next.key).toEqual(["number"]);
  });

  test("some are changed together", () => {
    const three = stream([{ name: "id" }, { name: "a" }, { name: "b" }], ["id"]);
    const some = new Set([0, 1]);
    expect(typeAll(three, "integer", some).fields?.map((field) => field.type)).toEqual(["integer", "integer", undefined]);
    const begun = prefixAll(three, "x_", some);
    expect([begun.fields?.map((field) => field.name), begun.key, begun.fields?.[1]?.from]).toEqual([["x_id", "x_a", "b"], ["x_id"], "$.a"]);
    expect(prefixAll(begun, "x_", some)).toEqual(begun);
    expect(dropAll(three, some).fields?.map((field) => field.name)).toEqual(["id", "b"]);
  });

  test("all renamed: a name that is taken stays", () => {
    const next = renameAll(stream([{ name: "aB" }, { name: "a_b" }]), snake);
    expect(next.fields?.map((field) => field.name)).toEqual(["a_b", "a_b"].slice(0, 1).concat("a_b"));
    expect(renameAll(stream([{ name: "a_b" }, { name: "aB" }]), snake).fields?.map((field) => field.name)).toEqual(["a_b", "aB"]);
  });

  test("the key is never hidden", () => {
    expect(showAll(stream([{ name: "id" }, { name: "b" }], ["id"]), false).fields?.map((field) => field.hidden)).toEqual([false, true]);
  });

  test("a removed column leaves the key", () => {
    expect(removeField(stream([{ name: "id" }, { name: "b" }], ["id"]), 0)).toMatchObject({ key: [], fields: [{ name: "b" }] });
  });

  test("a new column has a free name", () => {
    expect(addField(stream([{ name: "Column" }])).fields?.[1]?.name).toBe("column_2");
  });

  test("text with an expression is a template", () => {
    expect(withSource("{{ record.a }}")).toEqual({ template: "{{ record.a }}", from: undefined });
    expect(sourceOf({ name: "a" } as Field)).toBe("$.a");
  });
});

describe("transforms", () => {
  test("every kind goes through its form and back", () => {
    for (const kind of KINDS) {
      const form = Object.fromEntries(kind.settings.map((setting) => [setting.key, { integer: "-1", list: "$.x", json: '["x"]' }[setting.kind as string] ?? "x"]));
      const made = fromForm(kind, form);
      if (!("transform" in made)) throw new Error(kind.id);
      expect(transformId(made.transform)).toBe(kind.id);
      expect(toForm(made.transform)).toEqual(form);
      expect(chipText(made.transform)).toContain(kind.label);
    }
  });

  test("a needed setting that is missing is named", () => {
    const replace = KINDS.find((kind) => kind.id === "replace");
    expect(replace && fromForm(replace, {})).toEqual({ fault: "Find" });
  });
});
