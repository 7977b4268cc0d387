import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import * as v from 'valibot';
import { nearest } from '../headers/nearest';
import { ruleById, rules } from '../rules/registry';
import type { Profile, Severity } from '../rules/rule';
import type { ProjectReader } from './projectFile';

/** What a project file, or one of its overrides, says of profile and rules. */
export interface RuleSettings {
	readonly profile: Profile | null;
	readonly severities: ReadonlyMap<string, Severity | 'off'>;
	readonly ruleOptions: ReadonlyMap<string, unknown>;
}

/** Says nothing. */
export const emptySettings: RuleSettings = { profile: null, severities: new Map(), ruleOptions: new Map() };

/** The profiles by name (spec/header-policy.md section 1). */
export const profiles: readonly Profile[] = ['ui', 'api', 'public-asset', 'strict'];

/** What a rule may be set to. */
export const severities: readonly (Severity | 'off')[] = ['off', 'info', 'warning', 'error'];

/** Reads `profile` and `rules` of a project file or an override; mistakes are reported to the reader and left out. */
export function readSettings(object: Node, reader: ProjectReader): RuleSettings {
	const settings = { profile: null, severities: new Map<string, Severity | 'off'>(), ruleOptions: new Map<string, unknown>() };
	readRules(findNodeAtLocation(object, ['rules']), settings.severities, settings.ruleOptions, reader);
	return { ...settings, profile: readProfile(findNodeAtLocation(object, ['profile']), reader) };
}

/** The profile of that name, or null where there is none. */
export function profileNamed(name: unknown): Profile | null {
	const result = v.safeParse(profileSchema, name);
	return result.success ? result.output : null;
}

/** The severity of that name, or null where there is none. */
export function severityNamed(name: unknown): Severity | 'off' | null {
	const result = v.safeParse(severitySchema, name);
	return result.success ? result.output : null;
}

/** Says that a rule is not known, and which was probably meant. */
export function unknownRule(id: string): string {
	const meant = nearest(
		id,
		rules.map(rule => rule.id),
		3,
	);
	if (meant !== null) return `There is no rule "${id}": did you mean "${meant}"?`;
	const family = id.length < 3 ? [] : rules.map(rule => rule.id).filter(each => each.includes(id));
	const some = family.slice(0, 3).join(', ');
	return `There is no rule "${id}"; ${some === '' ? '' : `there are ${some}${family.length <= 3 ? '' : ' and others'}, and `}"headerlint rules" lists them${some === '' ? '' : ' all'}.`;
}

const profileSchema = v.picklist(profiles);
const severitySchema = v.picklist(severities);
const ruleSchema = v.union([
	severitySchema,
	v.strictTuple([severitySchema]),
	v.strictTuple([severitySchema, v.record(v.string(), v.unknown())]),
]);

function readProfile(node: Node | undefined, reader: ProjectReader): Profile | null {
	if (node === undefined) return null;
	const profile = profileNamed(getNodeValue(node));
	if (profile === null) reader.problem(node, 'error', `"profile" is one of ${profiles.map(name => `"${name}"`).join(', ')}.`);
	return profile;
}

function readRules(
	node: Node | undefined,
	said: Map<string, Severity | 'off'>,
	options: Map<string, unknown>,
	reader: ProjectReader,
): void {
	if (node === undefined) return;
	if (node.type !== 'object') {
		reader.problem(node, 'error', '"rules" is an object: { "csp-missing": "off" }.');
		return;
	}
	for (const { children: [key, value] = [] } of node.children ?? []) {
		if (key === undefined || value === undefined) continue;
		const id = String(key.value);
		if (ruleById(id) === null) {
			reader.problem(key, 'warning', unknownRule(id));
			continue;
		}
		if (said.has(id)) {
			reader.problem(key, 'warning', `"${id}" stands twice, so only the first one counts: remove one.`);
			continue;
		}
		const setting = v.safeParse(ruleSchema, getNodeValue(value));
		if (!setting.success) {
			reader.problem(
				value,
				'error',
				`A rule is set to "off", "info", "warning" or "error", or to one of them with options: ["warning", { }].`,
			);
			continue;
		}
		if (typeof setting.output === 'string') said.set(id, setting.output);
		else {
			said.set(id, setting.output[0]);
			if (setting.output[1] !== undefined) options.set(id, setting.output[1]);
		}
	}
}
