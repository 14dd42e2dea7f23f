// Whether this browser may show notifications: asked for only when somebody presses the button.

import { byId } from "../chat/dom.js";

function show() {
  const state = "Notification" in window ? Notification.permission : "missing";
  byId("browser-asks").hidden = state !== "default";
  byId("browser-denied").hidden = state !== "denied";
}

byId("browser-allow").addEventListener("click", async () => {
  await Notification.requestPermission();
  show();
});
show();
