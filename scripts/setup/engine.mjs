/** The compute engine; its own installer takes the best rung of the ladder this machine allows. */
export async function ensureEngine({ log }) {
  const { installEngine } = await import("../engine/install-engine.mjs");
  const { rung, backend, tensorflow } = await installEngine({
    log: (line) => log(line.replace(/^engine: /, "")),
  });
  return tensorflow === null ? `${backend}, by ${rung}` : `${backend} on TensorFlow ${tensorflow}`;
}
