// Which conversation this browser is in, and the token that opens its socket.

const channel = "BroadcastChannel" in window ? new BroadcastChannel("causerie") : null;

// `text` says what to do, where the server has said it.
export class SessionRefused extends Error {
  constructor(status, text = "") {
    super(`session refused: ${status}`);
    this.status = status;
    this.text = text;
  }
}

export async function openSession({ renew = false } = {}) {
  const { session, assistant, csrf } = document.body.dataset;
  const response = await fetch(session, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ assistant, new: renew }),
  });
  if (response.status === 429) throw new SessionRefused(429, (await response.json()).text);
  if (!response.ok) throw new SessionRefused(response.status);
  return response.json();
}

// The other tabs of this browser follow when one begins a new conversation.
export function tellOtherTabs(conversation) {
  channel?.postMessage({ conversation });
}

export function onOtherTab(listener) {
  channel?.addEventListener("message", (event) => listener(event.data.conversation));
}
