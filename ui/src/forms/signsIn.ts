import { isPlain } from "./edit";

/** How a person signs in by themselves: with the browser, with a code on another device, or either. */
export function signsIn(auth: unknown): "browser" | "device" | "both" | null {
  if (!isPlain(auth) || auth["type"] !== "oauth2") return null;
  if (auth["grant"] === "device_code") return "device";
  if (auth["grant"] !== "authorization_code") return null;
  return auth["device_url"] == null || auth["device_url"] === "" ? "browser" : "both";
}
