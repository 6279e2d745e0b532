import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// jsdom has no layout: lists that draw only what is in sight need a size.
Object.defineProperties(Element.prototype, {
  clientHeight: { configurable: true, get: () => 600 },
  clientWidth: { configurable: true, get: () => 1000 },
});
HTMLElement.prototype.scrollTo ??= () => undefined;

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 8000 });

afterEach(cleanup);
