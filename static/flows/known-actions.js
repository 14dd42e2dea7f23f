// The actions that flows may name: told once when the editor begins, asked for where a step is read or drawn.

const known = new Map();

export const tellActions = (actions) => actions.forEach((each) => known.set(each.name, each));
export const actionOf = (node) => known.get(node.action);
export const actionName = (name) => known.get(name)?.title || name;

// Customers are asked before such an action, in the words of the step, else in ours.
export const isAskedFirst = (node) => actionOf(node)?.changes === "writes";
export const waitsForStaff = (node) => actionOf(node)?.changes === "approval";
