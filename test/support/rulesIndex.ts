import { rules } from '../../server/src/rules/registry';
import type { RuleFamily } from '../../server/src/rules/rule';

const families: Readonly<Record<RuleFamily, string>> = {
	generic: 'Any header',
	csp: 'Content-Security-Policy',
	hsts: 'Strict-Transport-Security',
	framing: 'Framing, sniffing, referrer',
	'permissions-policy': 'Permissions-Policy',
	'cross-origin': 'Cross-origin isolation and CORS',
	cookies: 'Cookies',
	caching: 'Caching',
	reporting: 'Reporting',
	disclosure: 'Disclosure',
	deprecated: 'Deprecated headers',
	caddy: 'Structure of Caddyfiles',
	helmet: 'helmet and the order of middleware',
	project: 'Project file and comments',
};

/** The text of docs/rules/README.md: every rule, by family, with severity and fix. */
export function rulesIndex(): string {
	const parts = [
		`# Rules\n\n${rules.length} rules. Severities are those of the profiles \`ui\`, \`api\` and \`strict\`; "off" rules are on in another profile or when the project file says so.\n`,
	];
	for (const [family, title] of Object.entries(families)) {
		const own = rules.filter(rule => rule.family === family);
		if (own.length === 0) continue;
		parts.push(`\n## ${title}\n\n| rule | what is wrong | ui / api / strict | fix |\n|---|---|---|---|\n`);
		for (const { id, summary, severity, fix } of own)
			parts.push(
				`| [${id}](${id}.md) | ${summary.replaceAll('|', '\\|')} | ${severity.ui} / ${severity.api} / ${severity.strict} | ${fix} |\n`,
			);
	}
	return parts.join('');
}
