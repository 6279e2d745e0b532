import { useEffect } from "react";
import { loadForms } from "../app/forms";
import { useApp } from "../app/store";
import { fieldNames } from "../builder/name";
import { words } from "../strings";

/** What the forms call the field at a path; null until they are known, and for what they don't have. */
function useFieldNames(path: string | null): string[] | null {
  const forms = useApp((state) => state.forms);
  const definition = useApp((state) => state.workbench?.definition);
  const wanted = path !== null && forms === null && definition !== undefined;
  useEffect(() => {
    if (wanted) void loadForms();
  }, [wanted]);
  return path === null || forms === null || definition === undefined ? null : fieldNames(definition, forms, path);
}

/** What a field is called where there is room for one name. What no form has goes by its path. */
export function useFieldName(path: string | null): string {
  const names = useFieldNames(path);
  const known = useApp((state) => state.forms !== null);
  return names?.at(-1) ?? (known || path === null ? (path ?? "") : lastName(path));
}

/** The last name of a path, as a form would write it, while the forms are not known: `http.base_url` is `Base URL`. */
function lastName(path: string): string {
  const parts = (/([A-Za-z_][\w-]*)[^A-Za-z_]*$/.exec(path)?.[1] ?? path).split("_").map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word));
  const text = parts.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const CAPITALS = new Set(["api", "csv", "http", "id", "json", "sql", "url", "xml"]);

interface PlaceProps {
  path: string;
  /** Goes to where the field is edited. */
  onField?: ((path: string) => void) | undefined;
  /** What the whole file is called. */
  whole?: string;
}

/** A field's place, by the names that the forms give it: a way to it where there is one. */
export function Place({ path, onField, whole = "" }: PlaceProps) {
  const names = useFieldNames(onField === undefined || path === "" ? null : path);
  if (onField === undefined || (path === "" && whole === "")) return <code>{path}</code>;
  return (
    <button type="button" className={names === null && path !== "" ? "link mono" : "link"} data-testid={`goto-${path}`} title={path === "" ? words.builder.goTo : `${words.builder.goTo}: ${path}`} onClick={() => onField(path)}>
      {path === "" ? whole : (names?.join(" › ") ?? path)}
    </button>
  );
}
