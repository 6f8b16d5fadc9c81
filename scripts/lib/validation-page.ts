import { type Rule, rules } from '../../installer/validate/index.ts';

/** `docs/validation.md`: what the validator checks, made from the rules themselves. */
export function validationPage(): string {
  const isOwn = ({ id }: Rule) => id.startsWith('VGL-');
  return `${[
    intro,
    '## ICE rules',
    "The numbers are those of Microsoft's Internal Consistency Evaluators. The checks are our own, made from their public\ndescriptions, and look at the tables and the summary information only: fonts, certificates and the insides of files are\nnot opened.",
    ruleTable(rules.filter((rule) => !isOwn(rule))),
    '## Rules for services',
    'Nobody publishes rules for services, so these have numbers of ours.',
    ruleTable(rules.filter(isOwn)),
    leftOut,
  ].join('\n\n')}\n`;
}

const intro = `# Validation

<!-- Made from installer/validate/; renew with "npm run check -- --write". -->

\`npm run package\` checks the MSI it made before it writes checksums: an error stops it and no MSI is left, warnings are
shown by their numbers. The same check for any MSI, whoever made it:

\`\`\`sh
npm run -s msi -- validate some.msi other.msi            # exit code 1 when there are errors
npm run -s msi -- validate --json some.msi               # findings as data
npm run -s msi -- validate --suppress ICE61,VGL-S18 some.msi
npm run -s msi -- validate --warnings-as-errors some.msi
\`\`\`

A finding names the rule, the table, the row by its primary key, the column, what was found, what was wanted and what to do:

\`\`\`
  error VGL-S01 ServiceInstall "Relay", column Arguments: found [INSTALLDIR] outside quotes, wanted quotes around every path
    → Put the path in quotes; write "[FOLDER]." for a folder.
\`\`\`

A product file leaves rules out by number:

\`\`\`json
"validation": { "suppress": ["ICE61"] }
\`\`\`

The product file of this repository leaves none out.

Where a database describes its columns itself (\`_Validation\`), ICE03 goes by that; otherwise by the catalogue of tables
that the compiler writes from. A rule may say of a lesser case that it is only a warning; the severity below is that of its
ordinary case.`;

const leftOut = `## What is not checked

| Rules | Why |
|---|---|
| ICE07, 51, 76 | need fonts or lists of protected system files |
| ICE10, 15, 19, 22, 25, 33, 41, 42, 49, 50, 53, 54, 59, 62, 66, 67, 74, 78, 81, 83, 85, 88–90, 94, 95, 97, 98, 100, 103 | tables and features that packages of services do not use: advertising, COM, assemblies, merge modules, isolated components, ODBC |
| ICE17, 20, 28, 35, 40, 44 | dialogs and billboards, remote and network sources |
| ICE73 | compares with identifiers of Microsoft's samples |

ICE39 cannot see the types of the summary properties, only their values. ICE80 does not look inside files. ICE45 leaves out
the Control table, whose bits depend on the kind of control.`;

function ruleTable(shown: readonly Rule[]): string {
  const lines = shown.map(({ id, severity, title, reason }) => `| ${id} | ${severity} | ${title} | ${reason} |`);
  return ['| Rule | Severity | What holds | Why |', '|---|---|---|---|', ...lines].join('\n');
}
