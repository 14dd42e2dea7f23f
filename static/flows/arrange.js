// Steps put into order by dagre: from left to right, as the conversation goes.

import { Graph, layout } from "../vendor/dagre/dagre.esm.js";
import { edges, readingOrder } from "./graph.js";
import { HEAD, WIDTH, heightOf, portOf } from "./geometry.js";
import { snap } from "./edits.js";

const APART = { rankdir: "LR", nodesep: 48, ranksep: 96, edgesep: 16, marginx: 0, marginy: 0 };

// Places for all steps: {id: [x, y]}.
export function arranged(graph) {
  const drawing = new Graph({ multigraph: true });
  drawing.setGraph(APART);
  drawing.setDefaultEdgeLabel(() => ({}));
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const id of readingOrder(graph)) drawing.setNode(id, { width: WIDTH, height: heightOf(known.get(id)) });
  for (const edge of inOrder(graph, known)) drawing.setEdge(edge.from, edge.to, { weight: edge.field === "next" ? 3 : 1 }, edge.field);
  layout(drawing);
  const places = {};
  for (const id of known.keys()) {
    const { x, y, height } = drawing.node(id);
    places[id] = [snap(x - WIDTH / 2), snap(y - height / 2)];
  }
  return places;
}

// From the top port of each step to its lowest, so that lines cross as little as they must.
function inOrder(graph, known) {
  return edges(graph).sort((one, other) => {
    if (one.from !== other.from) return 0;
    return portOf(known.get(one.from), one.field)[1] - portOf(known.get(other.from), other.field)[1];
  });
}

// Where steps of a flow have no place (it was imported, or written as YAML): all of them are put into order.
export function withPlaces(graph) {
  const lost = graph.nodes.filter((node) => !graph.layout[node.id]);
  if (!lost.length) return graph;
  if (lost.length > graph.nodes.length / 3) return { ...graph, layout: arranged(graph) };
  return { ...graph, layout: { ...graph.layout, ...below(graph, lost) } };
}

// A few new ones stand in a row below the others.
function below(graph, lost) {
  const placed = graph.nodes.filter((node) => graph.layout[node.id]);
  const bottom = Math.max(0, ...placed.map((node) => graph.layout[node.id][1] + heightOf(node)));
  const left = Math.min(...placed.map((node) => graph.layout[node.id][0]));
  return Object.fromEntries(lost.map((node, at) => [node.id, [snap(left + at * (WIDTH + 80)), snap(bottom + HEAD)]]));
}
