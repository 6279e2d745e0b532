import { useEffect } from "react";
import { loadForms } from "../app/forms";
import { useApp } from "../app/store";
import { fieldNames } from "../builder/name";
import { words } from "../strings";

/** What the forms call the field at a path; null until they are known, and for what they don't have. */
export function useFieldNames(path: string | null): string[] | null {
  const forms = useApp((state) => state.forms);
  const definition = useApp((state) => state.workbench?.definition);
  const wanted = path !== null && forms === null && definition !== undefined;
  useEffect(() => {
    if (wanted) void loadForms();
  }, [wanted]);
  return path === null || forms === null || definition === undefined ? null : fieldNames(definition, forms, path);
}

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
