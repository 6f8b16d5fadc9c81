/**
 * Text on its way into a WiX source. The types keep what is literal apart from what may be interpreted: a view model
 * cannot be filled with plain strings by accident. XML escaping is Handlebars' part.
 */
export type WixText = string & { readonly wixText: true };

/** A literal in a column that Windows Installer does not format. `$(` would be a WiX preprocessor variable. */
export function literal(text: string): WixText {
  return text.replaceAll('$(', '$$$$(').replaceAll('!(', '!!(') as WixText;
}

/** A literal in a Formatted column: brackets and braces would name properties and files ("Formatted", Windows Installer). */
export function formattedLiteral(text: string): WixText {
  return literal(text.replace(/[[\]{}]/g, (bracket) => `[\\${bracket}]`));
}

/** Text that is meant to be interpreted, such as `[INSTALLDIR]`. Only for constants of our own. */
export function formatted(text: string): WixText {
  return text as WixText;
}
