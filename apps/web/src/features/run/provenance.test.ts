import type { EvaluationPolicy } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { policyFacts, policyWords } from "./provenance.ts";

const policy: EvaluationPolicy = {
  dataset: "0123456789abcdef",
  split: "val",
  groundTruth: "masks",
  labelSource: "voc-xml",
  stage: "make-seeds",
  imageLabelsUsed: true,
  threshold: { value: 0.31, chosenBy: "labelled-train-images", images: 16 },
  scales: [0.5, 1],
  flip: true,
  crf: false,
  absentClassRule: "skip-absent",
  predictedIgnoreRule: "excluded",
  supervision: "image-labels",
};

describe("policyFacts", () => {
  it("says all that the field disagrees about", () => {
    const facts = Object.fromEntries(
      policyFacts({ policy, images: 1449, coverage: 0.913, dataset: "voc v2", seeds: [3] }),
    );
    expect(facts).toMatchObject({
      Dataset: "voc v2",
      Split: "val, 1,449 images",
      Stage: "Make seeds",
      "Labels at inference": "image labels used",
      Threshold: "0.31, chosen on labelled train images (16)",
      Views: "scales 0.5, 1; mirrored too",
      CRF: "no",
      "Absent classes": "left out of the mean",
      "Ignored pixels": "true and predicted 255 not scored; 91.3 % of pixels are",
      Seeds: "3, one run",
    });
    expect(facts["Ground truth"]).toContain("whole split");
  });

  it("names the dataset by its hash and leaves seeds out where nobody knows them", () => {
    const facts = Object.fromEntries(policyFacts({ policy, images: 1 }));
    expect(facts["Dataset"]).toBe("0123456789ab");
    expect(facts).not.toHaveProperty("Seeds");
  });
});

describe("policyWords", () => {
  it("shows an oracle and an upper reference without a click", () => {
    const oracle: EvaluationPolicy = {
      ...policy,
      threshold: { value: 0.4, chosenBy: "oracle", images: 1449 },
      supervision: "masks",
    };
    expect(policyWords(oracle)).toBe(
      "val · make seeds · labels used · oracle threshold · upper reference",
    );
  });
});
