/** Handlebars, strict: a name that the view model lacks is an error, and every value is escaped for XML. */
import Handlebars from 'handlebars';

/**
 * Renders `template` with `view`. Throws Handlebars' own error, with its line, when the template is wrong or names what
 * the view model does not have: both are faults of this repository, not of the user.
 */
export function renderTemplate(template: string, view: object): string {
  const environment = Handlebars.create();
  const render = environment.compile(template, { strict: true, knownHelpersOnly: true, preventIndent: true });
  return render(view);
}
