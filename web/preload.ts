import type { Plugin } from "vite";

/** The letters that every page is set in. */
const LETTERS = /(bricolage|instrument)[^/]*-latin-wght-normal-[^/]*\.woff2$/;
/** Where most visits begin. */
const LANDINGS = /\/src\/app\/routes\/(home|events?)\.tsx$/;
/** What is said there; most read English, others' words come a moment later. */
const WORDS = /\/src\/locales\/en\/(common|problems|discover)\.json$/;

/** What pages need besides their entry is asked for with the page, not when the entry has been read. */
export const preload: Plugin = {
  name: "preload",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle = {}, chunk: entry }) => {
      const files = new Set<string>();
      const add = (file: string) => {
        const chunk = bundle[file];
        if (chunk?.type !== "chunk" || file === entry?.fileName || entry?.imports.includes(file)) return;
        files.add(`/${file}`);
        for (const imported of chunk.imports) add(imported);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || !chunk.facadeModuleId) continue;
        if (LANDINGS.test(chunk.facadeModuleId) || WORDS.test(chunk.facadeModuleId)) add(chunk.fileName);
      }
      return {
        html: html
          // Styles, letters and the poster come first: they are seen before the code has drawn anything.
          .replace('<script type="module"', '<script type="module" fetchpriority="low"')
          // `public/start.js` reads them.
          .replace('src="/start.js"', `src="/start.js" data-files='${JSON.stringify([...files])}'`),
        tags: Object.keys(bundle)
          .filter((file) => LETTERS.test(file))
          .map((file) => ({
            tag: "link",
            injectTo: "head" as const,
            attrs: { rel: "preload", href: `/${file}`, as: "font", type: "font/woff2", crossorigin: "anonymous" },
          })),
      };
    },
  },
};
