import { lazy, type ComponentType } from "react";

/** What brings the code of each room that is not the first. */
const loads: (() => Promise<unknown>)[] = [];

/** A part of the window whose code is no part of what is read at the start. */
function later<P>(load: () => Promise<ComponentType<P>>) {
  loads.push(load);
  return lazy(() => load().then((component) => ({ default: component as ComponentType<unknown> }))) as unknown as ComponentType<P>;
}

export const Bench = later(() => import("../open/Bench").then((module) => module.Bench));
export const ConnectionRoom = later(() => import("../connection/ConnectionRoom").then((module) => module.ConnectionRoom));
export const RunRoom = later(() => import("../run/RunRoom").then((module) => module.RunRoom));
export const DataView = later(() => import("../run/DataView").then((module) => module.DataView));
export const SettingsView = later(() => import("../settings/SettingsView").then((module) => module.SettingsView));
export const Overlays = later(() => import("./Overlays").then((module) => module.Overlays));

/** Brings all of it. What fails is tried again when it is shown, and told there. */
export async function loadRooms(): Promise<void> {
  await Promise.all(loads.map((load) => load().catch(() => undefined)));
}
