import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#features/shell/Providers.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Seedmask", template: "%s · Seedmask" },
  description: "From image-level labels to a trained segmenter",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f7" },
    { media: "(prefers-color-scheme: dark)", color: "#101214" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce");
  return (
    <html lang="en-GB" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce ?? ""}>{children}</Providers>
      </body>
    </html>
  );
}
