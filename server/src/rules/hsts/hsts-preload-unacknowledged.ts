import { placeOf } from '../generic/shared/reporting';
import type { FixProposal, Rule } from '../rule';
import { hstsHeader, hstsName } from './shared/policy';
import { preloadVerdict, removePreload } from './shared/preload';

/** `preload` that the list would accept and nobody has answered for: with it in the header, anyone may submit the domain. */
export const rule: Rule = {
	id: 'hsts-preload-unacknowledged',
	family: 'hsts',
	summary: 'preload is set, and nobody has said that every subdomain is ready for it',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const verdict = preloadVerdict(subject);
		if (verdict?.kind !== 'unacknowledged') return;
		const { domain } = verdict;
		const acknowledge: FixProposal[] =
			domain === null
				? []
				: [
						{
							title: `Acknowledge ${domain} for HSTS preload in the project file`,
							safe: false,
							intent: { kind: 'acknowledge-preload', domain },
						},
						{
							title: `Acknowledge ${domain} for HSTS preload in a comment`,
							safe: false,
							intent: {
								kind: 'insert-comment',
								place: subject.operation.place,
								text: `headerlint-ack hsts-preload ${domain}: every subdomain serves HTTPS`,
							},
						},
					];
		report({
			place: placeOf(subject, verdict.span),
			message: `${hstsName}: with preload anyone may put ${domain ?? 'the domain'} on the browsers' preload list, which takes months to leave and closes every subdomain without HTTPS. Remove it, or acknowledge that all are ready.`,
			headers: [hstsName],
			fixes: [removePreload(subject, verdict.span), ...acknowledge],
		});
	},
};
