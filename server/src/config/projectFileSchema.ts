import { rules } from '../rules/registry';
import { caddyVersions } from './caddySettings';
import { profiles, severities } from './ruleSettings';

/**
 * The JSON schema (draft-07, which VS Code reads) of `.headerlintrc.json`, made from the rule registry: completion and hover in
 * editors. `schema/headerlintrc.schema.json` is this, written by scripts/project-file-schema.ts; a test compares them.
 */
export function projectFileSchema(): object {
	const ruleSetting = { $ref: '#/definitions/ruleSetting' };
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'Headerlint project file',
		description: 'Settings for the files in this folder and below. The nearest project file upwards from a file holds for it.',
		type: 'object',
		allowComments: true,
		allowTrailingCommas: true,
		additionalProperties: false,
		properties: {
			$schema: { type: 'string', description: 'Where this schema is.' },
			profile: { $ref: '#/definitions/profile' },
			rules: { $ref: '#/definitions/rules' },
			overrides: {
				type: 'array',
				description: 'Other settings for some files; a later one wins.',
				items: {
					type: 'object',
					additionalProperties: false,
					required: ['files'],
					properties: {
						files: { $ref: '#/definitions/globs', description: 'Which files, as globs relative to this file.' },
						profile: { $ref: '#/definitions/profile' },
						rules: { $ref: '#/definitions/rules' },
					},
				},
			},
			ignore: { $ref: '#/definitions/globs', description: 'Files not to lint, as globs relative to this file.' },
			hsts: {
				type: 'object',
				description: 'Strict-Transport-Security.',
				additionalProperties: false,
				properties: {
					preload: {
						type: 'object',
						description: 'HSTS preloading, which is hard to take back.',
						additionalProperties: false,
						properties: { acknowledged: { $ref: '#/definitions/acknowledged' } },
					},
				},
			},
			upstreams: {
				type: 'object',
				description:
					'Which app of this workspace answers behind an address that a reverse_proxy names: { "localhost:3000": "src/server.ts" }.',
				additionalProperties: { type: 'string', minLength: 1, description: 'The file that makes the app, relative to this file.' },
			},
			caddy: {
				type: 'object',
				description: 'The Caddy that reads the Caddyfiles.',
				additionalProperties: false,
				properties: {
					version: {
						description: 'Its version, where versions differ in what they make of a Caddyfile.',
						enum: caddyVersions,
						enumDescriptions: ['Caddy 2.11 and before (the default)', 'the main branch of Caddy: a quoted brace is an argument'],
						default: '2.11',
					},
				},
			},
		},
		definitions: {
			profile: {
				description: 'What kind of content is judged.',
				enum: profiles,
				enumDescriptions: [
					'pages for browsers (the default)',
					'JSON for programs',
					'files anybody may embed',
					'top marks: OWASP and Observatory',
				],
				default: 'ui',
			},
			severity: { enum: severities },
			ruleSetting: {
				anyOf: [
					{ $ref: '#/definitions/severity' },
					{
						type: 'array',
						description: 'A severity and the rule’s options.',
						minItems: 1,
						maxItems: 2,
						items: [{ $ref: '#/definitions/severity' }, { type: 'object' }],
					},
				],
			},
			rules: {
				type: 'object',
				description: 'How loud each rule is: off, info, warning, error, or one of them with options.',
				additionalProperties: false,
				properties: Object.fromEntries(
					rules.map(({ id, summary, severity }) => [id, { ...ruleSetting, description: `${summary}.`, default: severity.ui }]),
				),
			},
			globs: {
				anyOf: [
					{ type: 'string', minLength: 1 },
					{ type: 'array', items: { type: 'string', minLength: 1 } },
				],
			},
			acknowledged: {
				type: 'array',
				description: 'The domains for which somebody has thought about preloading: all subdomains must be reachable over HTTPS for years.',
				items: {
					type: 'object',
					additionalProperties: false,
					required: ['domain', 'note'],
					properties: {
						domain: { type: 'string', minLength: 1, description: 'The registrable domain: example.com, not www.example.com.' },
						date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'When it was decided: 2026-11-22.' },
						note: { type: 'string', minLength: 1, description: 'Why it is safe.' },
					},
				},
			},
		},
	};
}
