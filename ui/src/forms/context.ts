import { createContext, useContext } from "react";
import type { ConfigInput, Descriptors, Fault } from "../api";

/** What every control of the forms knows. */
export interface FormsWorld {
  forms: Descriptors;
  faults: Fault[];
  inputs: ConfigInput[];
  /** The names of streams, to choose a parent from. */
  streams: string[];
  /** Makes a secret input and gives its name. */
  addSecret: (wanted: string, title: string) => string;
  /** Goes to where values are given. */
  giveValues: () => void;
  /** Where values are typed at once and go to inputs of their own, by the place of the setting. */
  own?: { texts: Record<string, string>; set: (path: string, text: string) => void };
}

const World = createContext<FormsWorld | null>(null);

/** Provides the world of the forms. */
export const FormsProvider = World.Provider;

/** The world of the forms. */
export function useForms(): FormsWorld {
  const world = useContext(World);
  if (world === null) throw new Error("A form stands outside of its provider.");
  return world;
}
