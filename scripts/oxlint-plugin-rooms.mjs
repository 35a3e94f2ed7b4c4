/**
 * room-doc: every exported function of a room says the shapes it takes or gives, in square brackets,
 * and the paper it comes from. conventions: docs/architecture.md, "A function of a room".
 */
const SHAPE = /\[[A-Za-z0-9′' ,·×*+/()−-]+\]/u;
const SEE = /@see\s+\S/u;

const isFunction = (node) =>
  node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";

/** Names of the functions an export statement declares; none for types, constants and re-exports. */
function exportedFunctions({ declaration }) {
  if (declaration?.type === "FunctionDeclaration") return [declaration.id?.name ?? "default"];
  if (declaration?.type !== "VariableDeclaration") return [];
  return declaration.declarations
    .filter((declarator) => isFunction(declarator.init))
    .map((declarator) => declarator.id.name);
}

function docOf(sourceCode, node) {
  const comment = sourceCode.getCommentsBefore(node).at(-1);
  const isDoc = comment?.type === "Block" && comment.value.startsWith("*");
  return isDoc ? comment.value : null;
}

const roomDoc = {
  meta: { type: "problem", schema: [] },
  create(context) {
    return {
      ExportNamedDeclaration(node) {
        for (const name of exportedFunctions(node)) {
          const doc = docOf(context.sourceCode, node);
          const report = (message) => context.report({ node, message });
          if (doc === null) report(`${name}: expected a doc comment, found none.`);
          else if (!SHAPE.test(doc)) report(`${name}: say the shapes, e.g. "cam [N, h, w, C]".`);
          else if (!SEE.test(doc)) report(`${name}: say where it comes from with @see.`);
        }
      },
    };
  },
};

export default { meta: { name: "rooms" }, rules: { "room-doc": roomDoc } };
