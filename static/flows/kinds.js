// The kinds of steps: how they are called, what they do, and what a fresh one holds.

export const KINDS = {
  say: {
    icon: "message-square-text",
    name: gettext("Say"),
    about: gettext("Tells the customer something."),
    fresh: (language) => ({ text: { [language]: "" }, cards: [], next: "" }),
  },
  ask: {
    icon: "message-circle-question-mark",
    name: gettext("Ask"),
    about: gettext("Asks until the answer is understood, and keeps it."),
    fresh: (language, slot) => ({ slot, again: false, next: "", otherwise: "" }),
  },
  form: {
    icon: "clipboard-list",
    name: gettext("Form"),
    about: gettext("Asks for several things at once: a name, an address, a day."),
    fresh: (language) => ({ text: { [language]: "" }, slots: [], optional: [], again: false, next: "", otherwise: "" }),
  },
  choose: {
    icon: "list-checks",
    name: gettext("Choose"),
    about: gettext("Offers a few buttons, each of which leads on."),
    fresh: (language) => ({
      text: { [language]: "" },
      options: [option("1"), option("2")],
      slot: "",
      most_asks: 3,
      otherwise: "",
    }),
  },
  branch: {
    icon: "split",
    name: gettext("Branch"),
    about: gettext("Goes one way or another, depending on what is known."),
    fresh: (language, slot, flow, kind) => ({ cases: [fork(slot, kind)], next: "" }),
  },
  set: {
    icon: "pencil-line",
    name: gettext("Set"),
    about: gettext("Notes something down without asking."),
    fresh: (language, slot) => ({ values: slot ? { [slot]: "" } : {}, next: "" }),
  },
  act: {
    icon: "zap",
    name: gettext("Act"),
    about: gettext("Has something done elsewhere: an order looked up, an appointment booked."),
    fresh: () => ({ action: "", given: {}, takes: {}, confirm: {}, next: "", failed: "", declined: "", pending: "" }),
  },
  answer: {
    icon: "book-open",
    name: gettext("Answer"),
    about: gettext("Answers a question from the knowledge."),
    fresh: () => ({ question: {}, next: "", unknown: "" }),
  },
  handoff: {
    icon: "headset",
    name: gettext("Hand off"),
    about: gettext("Brings in a person, who sees what was said."),
    fresh: (language) => ({ text: { [language]: "" }, reason: "policy" }),
  },
  call: {
    icon: "corner-down-right",
    name: gettext("Another flow"),
    about: gettext("Walks another flow, then comes back here."),
    fresh: (language, slot, flow) => ({ flow, gives: {}, takes: {}, next: "" }),
  },
  end: {
    icon: "flag",
    name: gettext("End"),
    about: gettext("Ends the flow, with a last word if you like."),
    fresh: (language) => ({ text: { [language]: "" }, outcome: "done" }),
  },
};

export const option = (value) => ({ value, label: {}, synonyms: {}, next: "" });

// Known or not is the one question that can be asked of any slot but a yes or no, which is one itself.
export function testOf(slot, kind = "") {
  if (!slot) return { fact: "customer.verified", op: "is", value: true };
  return kind === "yes_no" ? { fact: `slots.${slot}`, op: "is", value: true } : { fact: `slots.${slot}`, op: "known", value: null };
}

export const fork = (slot, kind) => ({ when: testOf(slot, kind), next: "" });

export const SLOT_KINDS = {
  text: gettext("Text"),
  choice: gettext("One of several"),
  yes_no: gettext("Yes or no"),
  number: gettext("Number"),
  money: gettext("Amount of money"),
  date: gettext("Date"),
  time: gettext("Time of day"),
  moment: gettext("Date and time"),
  period: gettext("Period: from – to"),
  email: gettext("E-mail address"),
  phone: gettext("Phone number"),
  postal_code: gettext("Postal code"),
  code: gettext("Code, such as an order number"),
  file: gettext("File"),
};

export const REASONS = {
  customer_request: gettext("The customer asked for a person"),
  missing_knowledge: gettext("The knowledge has no answer"),
  unsupported_request: gettext("The assistant cannot do this"),
  policy: gettext("Our rules ask for a person"),
  tool_failure: gettext("Something did not work"),
  pending_clarification: gettext("It could not be made clear"),
  usage_limit: gettext("A limit was reached"),
};

export const REPAIRS = {
  "": gettext("None: it is a conversation of its own"),
  corrected: gettext("The customer corrects something"),
  cancelled: gettext("The customer cancels"),
  resumed: gettext("It goes back to what was interrupted"),
  not_understood: gettext("It was not understood"),
  failed: gettext("Something did not work"),
  too_late: gettext("It is too late to change something"),
  human: gettext("The customer wants a person"),
  aside: gettext("The customer answers with one question after the other"),
};

export const OPS = {
  is: gettext("is"),
  is_not: gettext("is not"),
  above: gettext("is above"),
  below: gettext("is below"),
  at_least: gettext("is at least"),
  at_most: gettext("is at most"),
  contains: gettext("contains"),
  one_of: gettext("is one of"),
  known: gettext("is known"),
  unknown: gettext("is not known"),
};
export const WITHOUT_VALUE = ["known", "unknown"];

// What a condition may look at besides the slots of the flow.
export const FACTS = {
  "customer.verified": gettext("The customer is verified"),
  "customer.name": gettext("The customer’s name"),
  "customer.email": gettext("The customer’s e-mail address"),
  "conversation.language": gettext("The language of the conversation"),
  "action.error": gettext("The reason why the last action failed"),
  "action.message": gettext("What was said about the last failure"),
  "time.open": gettext("Within the opening hours"),
  "time.hour": gettext("The hour of the day"),
  "time.weekday": gettext("The day of the week"),
  "time.clock": gettext("The time of day"),
  "time.date": gettext("Today’s date"),
};
