import * as tf from "@tensorflow/tfjs";

/** The only door to TensorFlow.js. One copy of it, or kernels and gradients do not find each other. */
export { tf };
