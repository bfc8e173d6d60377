import * as z from "zod/mini";

// Zod compiles its checks where it may; the content security policy says that it may not, so it does not try.
z.config({ jitless: true });

export { z };
