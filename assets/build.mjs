// Builds static/dist/: the parts of the design system that our pages use, our own style and script,
// the high-contrast sheet and the font. Third-party code stays in node_modules.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PurgeCSS } from "purgecss";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "static/dist");
const krds = join(root, "node_modules/krds-uiux/resources");
const pretendard = join(root, "node_modules/pretendard-gov/dist/web/variable");

// Where class names are written. Python too: the components' tags choose variants there.
const MARKUP = /^(templates\/.*\.html|core\/web\/.*\.py|assets\/js\/.*\.js|[\w/]+\/templatetags\/.*\.py)$/;
const ELSEWHERE = new Set(["node_modules", "static", "tests", "var"]);
const USE = /var\(\s*(--[\w-]+)/g;
const DECLARATION = /(--[\w-]+)\s*:\s*([^;]+);/g;

const read = (path) => readFile(path, "utf8");
const ours = await Promise.all(
  ["base", "frame", "blocks", "controls", "tiles", "print", "map"].map((name) =>
    read(join(root, `assets/css/${name}.css`)),
  ),
);

const tokens = new Map(
  [...(await read(join(krds, "css/token/krds_tokens.css"))).matchAll(DECLARATION)].map(
    ([, name, value]) => [name, value.trim()],
  ),
);
const [common, component] = pruned(
  await purged("css/common/common.css"),
  await purged("css/component/component.css"),
);
const used = closure([common, component, ...ours].flatMap(uses));

const sheets = {
  tokens: `:root{${[...used].map((name) => `${name}:${tokens.get(name)}`).join(";")}}`,
  common,
  component,
};

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "fonts"), { recursive: true });
const options = {
  outdir: out,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  target: ["es2022", "chrome100", "safari15", "firefox100"],
  loader: { ".svg": "dataurl", ".png": "dataurl" },
  legalComments: "none",
  plugins: [{ name: "krds", setup: fromMemory }],
  logLevel: "warning",
};
await build({
  ...options,
  // Beside the pages' own: what only sign-in and the desk load.
  entryPoints: [
    join(root, "assets/css/portal.css"),
    ...["portal", "passkey", "idle", "desk"].map((name) => join(root, `assets/js/${name}.js`)),
  ],
  format: "iife",
});
// The map, which a page fetches only when somebody opens it.
await build({
  ...options,
  entryPoints: [join(root, "assets/css/map.css"), join(root, "assets/js/map.js")],
  format: "esm",
});
await writeFile(join(out, "contrast.css"), contrast());
await writeFonts();
await mkdir(join(out, "licenses"));
await cp(join(root, "node_modules/htmx.org/LICENSE"), join(out, "licenses/htmx.txt"));
await cp(join(root, "node_modules/leaflet/LICENSE"), join(out, "licenses/leaflet.txt"));
await cp(
  join(root, "node_modules/pretendard-gov/dist/LICENSE.txt"),
  join(out, "licenses/pretendard-gov.txt"),
);

async function purged(path) {
  const content = await Promise.all(
    (await markup("")).map(async (file) => ({ raw: await read(join(root, file)), extension: "html" })),
  );
  // The mode rules go: our high-contrast sheet gives the same components other token values.
  const [{ css }] = await new PurgeCSS().purge({
    content,
    css: [{ raw: await read(join(krds, path)) }],
    blocklist: [/data-krds-mode/],
    keyframes: true,
    fontFace: true,
    // Variants are written out in full in the components' Python, so a plain match is enough.
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  });
  return css
    .replace(/@import [^;]+;/g, "") // all the tokens; we write those in use
    .replace(/@font-face\s*{[^}]*}/g, "")
    .replaceAll("/img/img/", "/img/"); // KRDS 1.1.0 writes its icons' folder twice.
}

// A component of KRDS declares the values of all its variants; those that no rule uses go.
function pruned(...sheets) {
  const used = new Set([...sheets, ...ours].flatMap(uses));
  const left = sheets.map((css) =>
    css.replace(/(--krds-[\w-]+)\s*:[^;{}]+;/g, (all, name) => (used.has(name) ? all : "")),
  );
  return left.join() === sheets.join() ? left : pruned(...left);
}

async function markup(folder) {
  const found = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const skipped = entry.name.startsWith(".") || ELSEWHERE.has(path);
    if (entry.isDirectory() && !skipped) found.push(...(await markup(path)));
    else if (MARKUP.test(path)) found.push(path);
  }
  return found.sort();
}

function uses(css) {
  return [...css.matchAll(USE)].map(([, name]) => name);
}

function closure(names) {
  const seen = new Set();
  const queue = [...names];
  while (queue.length) {
    const name = queue.pop();
    if (seen.has(name) || !tokens.has(name)) continue;
    seen.add(name);
    queue.push(...uses(tokens.get(name)));
  }
  return seen;
}

function resolved(value) {
  return value.replace(/var\(\s*(--[\w-]+)\s*\)/g, (_, name) => resolved(tokens.get(name)));
}

function contrast() {
  const pairs = [...used]
    .filter((name) => name.startsWith("--krds-light-color-"))
    .map((name) => [name, name.replace("--krds-light-", "--krds-high-contrast-")])
    .filter(([, other]) => tokens.has(other))
    .map(([name, other]) => `${name}:${resolved(tokens.get(other))}`);
  return `:root{color-scheme:dark;${pairs.join(";")}}\n`;
}

async function writeFonts() {
  const css = await read(join(pretendard, "pretendardvariable-gov-dynamic-subset.css"));
  const faces = [...css.matchAll(/url\(\.\/([^)]+)\).*?unicode-range:\s*([^;]+);/gs)];
  const written = await Promise.all(
    faces.map(async ([, path, range], number) => {
      await cp(join(pretendard, path), join(out, `fonts/${number}.woff2`));
      return (
        "@font-face{font-family:Pretendard GOV;font-weight:45 920;font-display:swap;" +
        `src:url(fonts/${number}.woff2);unicode-range:${range.replace(/\s/g, "")}}`
      );
    }),
  );
  await writeFile(join(out, "fonts.css"), written.join("\n"));
}

function fromMemory(bundler) {
  bundler.onResolve({ filter: /^krds:/ }, ({ path }) => ({
    path: path.slice("krds:".length),
    namespace: "krds",
  }));
  bundler.onLoad({ filter: /.*/, namespace: "krds" }, ({ path }) => ({
    contents: sheets[path],
    loader: "css",
    resolveDir: join(krds, "css", path === "tokens" ? "token" : path),
  }));
}
