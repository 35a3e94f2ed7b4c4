import { resolve } from "node:path";
import type { NextConfig } from "next";

const repository = resolve(import.meta.dirname, "../..");

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  transpilePackages: ["@seedmask/core", "@seedmask/db", "@seedmask/ui"],
  serverExternalPackages: ["pg", "pg-boss", "sharp", "pino"],
  /** Types are proven by `npm run check`. */
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  poweredByHeader: false,
  /** The compressor buffers server-sent events; a proxy in front may compress the rest. */
  compress: false,
  images: { unoptimized: true },
  typedRoutes: false,
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
  ],
};

export default config;
