import type { Metadata } from "next";
import { ChecksScreen } from "#features/setup/ChecksScreen.tsx";

export const metadata: Metadata = { title: "Set-up" };

export default function SetupChecksPage() {
  return <ChecksScreen />;
}
