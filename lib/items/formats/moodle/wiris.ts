/**
 * Formulas as the editor of WIRIS stores them: MathML in brackets of its own, «mfrac»«mn»1«/mn»…, with ¨ for quotation marks, § for &.
 * Brackets that are no MathML are quotation marks of somebody's text and stay.
 */
export const wirisMath = (html: string): string => formulas(html.replace(PICTURED, (_all, formula: string) => formula))

/** The picture that WIRIS shows of a formula, which carries the formula itself. */
const PICTURED = /<img\b[^>]*\bdata-mathml="((?:«|&laquo;)math\b[^"]*)"[^>]*>/gi

const formulas = (html: string): string =>
  html.replace(/(?:«|&laquo;)math\b[\s\S]*?(?:«|&laquo;)\/math(?:»|&raquo;)/g, (formula) =>
    formula
      .replace(/«|&laquo;/g, '<')
      .replace(/»|&raquo;/g, '>')
      .replace(/¨|&uml;/g, '"')
      .replace(/§|&sect;/g, '&')
      .replace(/`/g, "'"),
  )
